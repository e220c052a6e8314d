import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { CalendarBook } from '#shared/domain/calendar/calendar-book.ts'
import type { Calendar } from '#shared/domain/calendar/schema.ts'
import type { RhythmFile } from '#shared/domain/meeting/file.ts'
import { createRhythm, type Rhythm } from '#shared/domain/meeting/rhythm.ts'
import { inEffect, remembered, type Placed, type PlaybookFiles } from './playbook-files.ts'
import { here, say } from './playbook-times.ts'

/** When the team meets, and what is wrong between the files about it. */
export interface ReadRhythm {
  readonly rhythm: Rhythm
  readonly problems: readonly ConfigProblem[]
}

/** Brings together what `rhythm.yaml` and the calendar that it names say. */
export function createRhythmReader(
  playbook: PlaybookFiles,
  placed: Placed,
): (calendars: CalendarBook) => ReadRhythm {
  const rhythmOf = remembered(
    ({ file, calendar }: { file: RhythmFile | null; calendar: Calendar | null }) =>
      createRhythm(file, calendar, here()),
  )
  return ({ calendars }) => {
    const [file] = inEffect(playbook.files('rhythm'))
    const named = file?.value.calendar
    const calendar = named === undefined ? null : (calendars.get(named) ?? null)
    const rhythm = rhythmOf({ file: file?.value ?? null, calendar })
    if (!file || named === undefined || calendar) return { rhythm, problems: [] }
    const message = `there is no calendar ${JSON.stringify(named)}: no day is a holiday`
    const text = say(['calendar'], message, named, [...calendars.keys()])
    return { rhythm, problems: [placed(file, ['calendar'], text)] }
  }
}
