/** What lies over a screen: while it has the focus, the keys of the screen are not meant. */
export const OVER_SCREEN = '[role="menu"], [role="dialog"]'

/** A dialog that is open takes all keys, also while nothing in it has the focus. */
export const MODAL = '[role="dialog"][aria-modal="true"]'
