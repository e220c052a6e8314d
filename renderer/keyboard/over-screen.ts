/** What lies over a screen: while it has the focus, the keys of the screen are not meant. */
export const OVER_SCREEN = '[role="menu"], [role="dialog"]'
