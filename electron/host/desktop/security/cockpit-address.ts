/** The scheme that the cockpit is served on inside the program. */
export const COCKPIT_SCHEME = 'deckwatch-app'
/** The cockpit's origin, as Chromium writes it. */
export const COCKPIT_ORIGIN = `${COCKPIT_SCHEME}://cockpit`
/** The cockpit's page. */
export const COCKPIT_PAGE = `${COCKPIT_ORIGIN}/`
