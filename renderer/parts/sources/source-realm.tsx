import { describeRealm } from '#shared/domain/realm/words.ts'
import { useMirror } from '../../engine/cockpit/context.ts'

interface SourceRealmProps {
  readonly sourceId: string
}

/** In which realm a source is, and which others are in it. */
export function SourceRealm({ sourceId }: SourceRealmProps) {
  return useMirror(({ watch }) => {
    const source = watch?.sources.get(sourceId)
    return (source && describeRealm(source, watch?.sources.values() ?? [])) ?? 'not known yet'
  })
}
