import { useShallow } from 'zustand/react/shallow'
import { useMirror } from '../../engine/cockpit/context.ts'

/** What is remarkable about a source now, in words. Whoever lists more about it leaves these out. */
export function useRemarkTexts(sourceId: string | undefined): readonly string[] {
  return useMirror(
    useShallow(({ pulses }) =>
      sourceId === undefined
        ? []
        : (pulses.get(sourceId)?.value.remarks.map(({ text }) => text) ?? []),
    ),
  )
}
