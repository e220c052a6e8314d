import { CopyButton } from '../../components/copy-button.tsx'
import { Fact } from '../../components/fact.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { TextField } from '../../components/fields/controls.tsx'
import { SaveBar } from './save-bar.tsx'
import screen from './settings.module.css'
import styles from './about.module.css'

const TOO_LONG = 'Maximum 100 characters'

/** Who one is here, which Deckwatch this is, and where it keeps what. */
export function About() {
  const { actions } = useSettingsModel()
  const file = useSettings((state) => state.file)
  const me = useSettings(({ drafts, file: read }) => drafts.me?.value ?? read?.me ?? '')
  const status = useMirror((state) => state.status)
  if (!file) return null
  return (
    <>
      <section className={screen.panel} aria-labelledby="who">
        <h3 id="who" className={screen.heading}>
          You
        </h3>
        <TextField
          label="Name"
          field="me"
          hint={`Your actions are recorded under this name. Empty: the account name. Currently: ${status?.you.name ?? '…'}`}
          value={me}
          error={me.trim().length > 100 ? TOO_LONG : undefined}
          onChange={(text) => actions.edit('me', text)}
        />
        <SaveBar part="me" check={() => (me.trim().length > 100 ? TOO_LONG : null)} />
      </section>
      <section className={screen.panel} aria-labelledby="this-deckwatch">
        <h3 id="this-deckwatch" className={screen.heading}>
          This installation
        </h3>
        <dl className={styles.facts}>
          <Fact term="Version">{status?.version ?? '…'}</Fact>
          <Fact term="Started">
            {status ? <Instant at={status.startedAt} precision="second" /> : '…'}
          </Fact>
          <Fact term="Configuration">
            <Path path={file.path} what="the path of the configuration" />
            {file.isPresent ? null : 'File does not exist yet; the drill is running.'}
          </Fact>
          <Fact term="Journal and data">
            <Path path={file.places.data} what="the path of the data" />
          </Fact>
          <Fact term="Log">
            <Path path={file.places.log} what="the path of the log" />
          </Fact>
        </dl>
      </section>
    </>
  )
}

function Path({ path, what }: { readonly path: string; readonly what: string }) {
  return (
    <span className={styles.path}>
      <code>{path}</code>
      <CopyButton text={path} what={what} />
    </span>
  )
}
