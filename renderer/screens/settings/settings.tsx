import { useEffect, useRef } from 'react'
import { useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { isDirty, type PartName } from './settings-drafts.ts'
import { sectionTitle, settingsSections, type SettingsSection } from './settings-store.ts'
import { About } from './about.tsx'
import { AppearanceSettings } from './appearance.tsx'
import { FileNotice } from './file-notice.tsx'
import { Grouping } from './grouping.tsx'
import { GrowthRuleWords } from './growth-rule.tsx'
import { Incoming } from './incoming.tsx'
import { Notifications } from './notifications.tsx'
import { Severities } from './severities.tsx'
import { Sources } from './sources.tsx'
import { useFreshSettings } from './use-fresh-settings.ts'
import styles from './settings.module.css'

const partsOf: Readonly<Record<SettingsSection, readonly PartName[]>> = {
  sources: ['source'],
  severities: ['severity'],
  grouping: ['groupBy'],
  notifications: ['notifications'],
  incoming: [],
  appearance: [],
  about: ['me'],
}

/** What Deckwatch runs with, and how to change it. */
export function Settings() {
  useFreshSettings()
  const { actions } = useSettingsModel()
  const section = useSettings((state) => state.section)
  const drafts = useSettings((state) => state.drafts)
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (content.current) content.current.scrollTop = 0
  }, [section])
  return (
    <main aria-label="Settings" className={styles.screen}>
      <nav className={styles.nav} aria-label="Settings">
        <ul>
          {settingsSections.map((each) => (
            <li key={each}>
              <button
                type="button"
                className={styles.entry}
                aria-current={each === section ? 'page' : undefined}
                onClick={() => actions.show(each)}
              >
                {sectionTitle[each]}
                {partsOf[each].some((part) => isDirty(drafts[part])) ? (
                  <span className={styles.mark}>
                    <HiddenText>, </HiddenText>unsaved
                  </span>
                ) : null}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div ref={content} className={styles.content} tabIndex={-1} data-scrolls>
        <div className={styles.inner}>
          <FileNotice />
          <h2 className={styles.title}>{sectionTitle[section]}</h2>
          <Section section={section} />
        </div>
      </div>
    </main>
  )
}

function Section({ section }: { readonly section: SettingsSection }) {
  const isRead = useSettings(({ file }) => file !== null)
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'settings.read'))
  if (section === 'appearance') return <AppearanceSettings />
  if (forbidden !== null) {
    return (
      <p className={styles.lead}>
        Only the owner of this Deckwatch can see and change these settings.
      </p>
    )
  }
  if (!isRead) return <p className={styles.lead}>Loading…</p>
  switch (section) {
    case 'sources':
      return <Sources />
    case 'severities':
      return <Severities />
    case 'grouping':
      return (
        <>
          <Grouping />
          <GrowthRuleWords />
        </>
      )
    case 'notifications':
      return <Notifications />
    case 'incoming':
      return <Incoming />
    case 'about':
      return <About />
  }
}
