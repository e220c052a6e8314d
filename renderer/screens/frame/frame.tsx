import type { ReactNode } from 'react'
import { LiveRegion } from './live-region.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { Guide } from '../guide/guide.tsx'
import { Palette } from '../palette/palette.tsx'
import { Dialogs } from './dialogs.tsx'
import { DrillBar } from './drill-bar.tsx'
import { Notices } from './notices.tsx'
import { TopBar } from './top-bar.tsx'
import { useFocusFallback } from './use-focus-fallback.ts'
import { useFrameShortcuts } from './use-frame-shortcuts.ts'
import { usePageTitle } from './use-page-title.ts'
import styles from './frame.module.css'

/** What stays when the screen changes: whom we hear, what is wrong with the cockpit itself. */
export function Frame({ children }: { readonly children: ReactNode }) {
  usePageTitle()
  useFrameShortcuts()
  useFocusFallback()
  const phase = useMirror(({ connection }) => connection.phase)
  return (
    <div className={styles.frame} data-connection={phase}>
      <TopBar />
      <DrillBar />
      <Notices />
      <Guide />
      {children}
      <Dialogs />
      <Palette />
      <LiveRegion />
    </div>
  )
}
