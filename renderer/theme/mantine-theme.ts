import { createTheme, Menu, Modal, Popover } from '@mantine/core'

/** Mantine lends overlays their behaviour; how they look is ours, by the tokens. */
export const mantineTheme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({
      defaultProps: {
        // The page itself does not scroll; locking it would inject a style for nothing.
        lockScroll: false,
        centered: true,
        radius: 'lg',
        size: 560,
        padding: 'lg',
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.5 },
      },
    }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 }, radius: 'md' } }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 0 }, radius: 'md' } }),
  },
})
