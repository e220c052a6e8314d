/**
 * The name of the desktop entry on Linux, also `desktopName` of package.json. By it the desktop knows
 * our windows, and its portals grant the shortcut: GNOME 50 only to a name with an owner's domain.
 */
export const DESKTOP_NAME = 'org.deckwatch.app.desktop'
