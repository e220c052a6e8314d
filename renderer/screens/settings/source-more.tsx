import { useState } from 'react'
import type { PolledSourceTexts } from '#shared/domain/settings/source-texts.ts'
import { LinesField, TextField } from './controls.tsx'
import screen from './settings.module.css'
import styles from './source-more.module.css'

interface SourceDetailsFieldsProps {
  readonly source: PolledSourceTexts
  readonly errorOf: (field: string) => string | undefined
  readonly onLeave: (field: string) => void
  readonly onChange: (source: PolledSourceTexts) => void
}

const hidden = ['timeout', 'maxBodyMiB', 'heartbeats', 'filter', 'receiver', 'tls', 'tls.ca']

/** What most sources do not need: filters, heartbeats, certificates, limits. */
export function SourceDetailsFields(props: SourceDetailsFieldsProps) {
  const [isOpen, setOpen] = useState(false)
  // A mistake in what is folded away must be seen.
  const isForced = hidden.some((field) => props.errorOf(field) !== undefined)
  return (
    <details
      className={styles.more}
      open={isOpen || isForced}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Heartbeats, filters, certificates, limits</summary>
      <Fields {...props} />
    </details>
  )
}

function Fields({ source, errorOf, onLeave, onChange }: SourceDetailsFieldsProps) {
  const { tls } = source
  const tlsField = (key: keyof typeof tls, label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      isMono
      value={tls[key]}
      error={errorOf(`tls.${key}`)}
      onChange={(text) => onChange({ ...source, tls: { ...tls, [key]: text } })}
      onLeave={() => onLeave(`tls.${key}`)}
    />
  )
  return (
    <div className={styles.fields}>
      <LinesField
        label="Heartbeats"
        hint="Alerts that must always fire, one condition a line; silence is noticed."
        placeholder={'alertname="Watchdog"'}
        values={source.heartbeats}
        error={errorOf('heartbeats')}
        onChange={(heartbeats) => onChange({ ...source, heartbeats: [...heartbeats] })}
        onLeave={() => onLeave('heartbeats')}
      />
      {source.type === 'alertmanager' ? (
        <div className={screen.row}>
          <LinesField
            label="Only alerts with"
            hint="Conditions on labels, one a line; all must hold."
            placeholder={'team="payments"'}
            values={source.filter}
            error={errorOf('filter')}
            onChange={(filter) => onChange({ ...source, filter: [...filter] })}
            onLeave={() => onLeave('filter')}
          />
          <TextField
            label="Only for receivers"
            hint="A regular expression; empty for all."
            isMono
            value={source.receiver}
            error={errorOf('receiver')}
            onChange={(receiver) => onChange({ ...source, receiver })}
            onLeave={() => onLeave('receiver')}
          />
        </div>
      ) : (
        <ExternalLabels source={source} onChange={onChange} />
      )}
      <div className={screen.row}>
        <TextField
          label="Give up after"
          hint="A duration: 10s."
          value={source.timeout}
          error={errorOf('timeout')}
          onChange={(timeout) => onChange({ ...source, timeout })}
          onLeave={() => onLeave('timeout')}
        />
        <TextField
          label="Largest answer, MiB"
          type="number"
          value={String(source.maxBodyMiB)}
          error={errorOf('maxBodyMiB')}
          onChange={(text) => onChange({ ...source, maxBodyMiB: Number(text) })}
          onLeave={() => onLeave('maxBodyMiB')}
        />
      </div>
      <div className={screen.row}>
        {tlsField('ca', 'Trusted authorities', 'A PEM file; empty for those of the system.')}
        {tlsField('serverName', 'Name in its certificate', 'Only where it is not the host’s.')}
      </div>
      <div className={screen.row}>
        {tlsField('cert', 'Client certificate', 'A PEM file.')}
        {tlsField('key', 'Client key', 'A PEM file.')}
      </div>
      {errorOf('tls') === undefined ? null : <p role="alert">{errorOf('tls')}</p>}
    </div>
  )
}

interface ExternalLabelsProps {
  readonly source: Extract<PolledSourceTexts, { type: 'prometheus' }>
  readonly onChange: (source: PolledSourceTexts) => void
}

/** `name=value` lines; what is no such line is kept in the field until it is one. */
function ExternalLabels({ source, onChange }: ExternalLabelsProps) {
  const [lines, setLines] = useState(() =>
    Object.entries(source.externalLabels ?? {}).map(([name, value]) => `${name}=${value}`),
  )
  const broken = lines.find((line) => line.trim() !== '' && !/^[^=\s]+\s*=/.test(line.trim()))
  return (
    <LinesField
      label="External labels"
      hint="One name=value a line. Empty: read from the server itself."
      values={lines}
      error={broken === undefined ? undefined : `Write it as name=value: ${broken}`}
      onChange={(next) => {
        setLines([...next])
        const labels = next.flatMap((line) => {
          const at = line.indexOf('=')
          return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const]
        })
        onChange({
          ...source,
          externalLabels: labels.length === 0 ? null : Object.fromEntries(labels),
        })
      }}
    />
  )
}
