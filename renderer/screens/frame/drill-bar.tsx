import { IconPlayerPause, IconPlayerPlay, IconRotate } from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { useGuide, useGuideStore } from '../guide/guide-context.ts'
import { SpeedChoice } from './speed-choice.tsx'
import styles from './drill-bar.module.css'

/** Says that what is shown is made up, steers it, and leads to the real thing. */
export function DrillBar() {
  const { client } = useCockpit()
  const actions = useActions()
  const guide = useGuideStore()
  const isGuideOpen = useGuide(({ isOpen }) => isOpen === true)
  const drill = useMirror(({ status }) => status?.drill ?? null)
  const hasConfig = useMirror(({ status }) => status?.config.isPresent ?? true)
  const isRefused = useMirror((state) => refusalOf(state, 'drill.control')) !== null
  const mayConfigure = useMirror(({ status }) => rightRefusal(status, 'settings.write') === null)
  if (!drill) return null
  const steer = (input: Parameters<typeof client.request<'drill.control'>>[1]) =>
    void client.request('drill.control', input)
  return (
    <section className={styles.bar} aria-label="Drill">
      <strong className={styles.badge}>Drill</strong>
      <p className={styles.text}>
        {hasConfig ? 'Alerts of the drill are simulated.' : 'These alerts are simulated.'}
        {drill.scene === '' ? null : <span className={styles.scene}>{drill.scene}</span>}
      </p>
      {/* The open guide has both. */}
      {isGuideOpen ? null : (
        <>
          {hasConfig ? null : (
            <TextButton onClick={() => guide.set({ isOpen: true })}>First steps</TextButton>
          )}
          {mayConfigure ? (
            <TextButton onClick={actions.addSource}>Connect a source…</TextButton>
          ) : null}
        </>
      )}
      <div className={styles.tools}>
        <IconButton
          label={drill.isPaused ? 'Resume the drill' : 'Pause the drill'}
          disabled={isRefused}
          onClick={() => steer({ isPaused: !drill.isPaused })}
        >
          {drill.isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
        </IconButton>
        <SpeedChoice
          speed={drill.speed}
          isDisabled={isRefused}
          onChoose={(speed) => steer({ speed })}
        />
        <IconButton
          label="Restart the drill"
          disabled={isRefused}
          onClick={() => steer({ restart: true })}
        >
          <IconRotate size={16} />
        </IconButton>
      </div>
    </section>
  )
}
