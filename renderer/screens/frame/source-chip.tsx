import { Popover } from '@mantine/core'
import type { Source } from '#shared/domain/source/schema.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { healthWord } from '../../parts/sources/source-health.ts'
import { useSourceHealth } from '../../parts/sources/use-source-health.ts'
import { formatCount } from '../../text/plural.ts'
import { SourceAge } from '../../parts/sources/source-age.tsx'
import { SourceDetails } from './source-details.tsx'
import { SourceDot } from '../../parts/sources/source-dot.tsx'
import styles from './source-chip.module.css'

interface SourceChipProps {
  readonly source: Source
}

/** One source in the strip: dot, name and age; opens what is known of it. */
export function SourceChip({ source }: SourceChipProps) {
  const actions = useActions()
  const isOpen = useUi(({ dialog }) => dialog?.kind === 'source' && dialog.sourceId === source.id)
  const { health, unconfirmed } = useSourceHealth(source)
  const word =
    health === 'unconfirmed' ? `${formatCount(unconfirmed)} unconfirmed` : healthWord[health]
  const unrecorded = useMirror(({ status }) => status?.unrecorded?.bySource[source.id] ?? 0)
  const missing = unrecorded > 0 ? `${formatCount(unrecorded)} not recorded` : null
  return (
    <Popover
      opened={isOpen}
      onDismiss={actions.closeDialog}
      position="bottom-start"
      width={420}
      trapFocus
      returnFocus
      withRoles
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.chip}
          data-health={health}
          title={`${source.name}: ${[word, missing].filter(Boolean).join(', ')}`}
          onClick={() =>
            isOpen ? actions.closeDialog() : actions.open({ kind: 'source', sourceId: source.id })
          }
        >
          <SourceDot health={health} />
          <span className={styles.name}>{source.name}</span>
          <span className={styles.age}>
            <SourceAge sourceId={source.id} />
          </span>
          {health === 'healthy' ? (
            <HiddenText>{word}</HiddenText>
          ) : (
            <span className={styles.word}>{word}</span>
          )}
          {missing === null ? null : <span className={styles.unrecorded}>{missing}</span>}
          {source.rejections.length > 0 ? (
            <span className={styles.rejected}>
              {source.rejections.length + source.moreRejections} unreadable
            </span>
          ) : null}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Source ${source.name}`}>
        {isOpen ? (
          <SourceDetails source={source} health={health} unconfirmed={unconfirmed} />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}
