import type { PastIncident } from '#shared/domain/history/schema.ts'
import { toChatText } from '#shared/domain/summary/chat-text.ts'
import { fileNameOf } from '#shared/domain/summary/file-name.ts'
import { toExport } from '#shared/domain/timeline/export-record.ts'
import { toHtmlFile } from '#shared/domain/timeline/export-html.ts'
import { toJsonFile } from '#shared/domain/timeline/export-json.ts'
import { toMarkdownFile } from '#shared/domain/timeline/export-markdown.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { isEvidenceAction, type TakeAlongAction } from '../../keyboard/shortcuts.ts'
import { timeFormat } from '../../text/time.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import { whoIs } from '../../text/who.ts'
import { exportEvidence } from './export-evidence.ts'
import { factsForChat } from './facts-for-chat.ts'
import { saveFile } from './save-file.ts'
import { done, failed, type Outcome } from './outcome.ts'
import { readImages } from './read-images.ts'
import { findSubject, outsider } from './subject.ts'
import { readWholeTimeline } from './whole-timeline.ts'

type World = Pick<
  Cockpit,
  'announcements' | 'client' | 'engineNow' | 'images' | 'mirror' | 'offline' | 'runbooks' | 'ui'
>

/**
 * Copies an incident as text, or exports its timeline or its evidence, and says what came of it. Never rejects.
 *
 * @param past the incident as history knows it, where that was read already.
 */
export async function takeAlong(
  world: World,
  action: TakeAlongAction,
  incidentId: string,
  past: PastIncident | null = null,
): Promise<void> {
  if (isEvidenceAction(action)) {
    // Reading what many runs printed takes a while.
    world.ui.setState({ taken: { incidentId, text: COLLECTING, isProblem: false } })
  }
  const outcome = await outcomeOf(world, action, incidentId, past)
  world.ui.setState({ taken: { incidentId, ...outcome } })
  world.announcements.tell({ politeness: 'polite', text: outcome.text })
}

const COLLECTING = 'Collecting the evidence…'

function outcomeOf(
  world: World,
  action: TakeAlongAction,
  incidentId: string,
  past: PastIncident | null,
): Promise<Outcome> {
  if (action === 'copy-text') return copyText(world, incidentId, past)
  if (isEvidenceAction(action)) return exportEvidence(world, action, incidentId, past)
  return exportTimeline(world, action, incidentId, past)
}

async function copyText(
  world: World,
  incidentId: string,
  past: PastIncident | null,
): Promise<Outcome> {
  const subject = await findSubject(world, incidentId, past)
  if (!subject.ok) return failed(`Not copied: ${subject.error.message}`)
  const format = timeFormat()
  // The day stands with the time in UTC.
  const text = toChatText(
    factsForChat(subject.value, asOf(world)),
    (at) => `${format.minute(at, at)} ${format.zone(at)}`,
  )
  try {
    await navigator.clipboard.writeText(text)
    return done('Copied as text')
  } catch {
    return failed('Not copied: the browser refused to write to the clipboard')
  }
}

/** When the engine was last heard, where it cannot be asked now; null while it can. */
function asOf({ mirror }: World): number | null {
  const { connection } = mirror.getState()
  return connection.phase === 'lost' ? (connection.lastHeard?.wall ?? null) : null
}

const formats = {
  'export-markdown': { extension: 'md', type: 'text/markdown', write: toMarkdownFile },
  'export-html': { extension: 'html', type: 'text/html', write: toHtmlFile },
  'export-json': { extension: 'json', type: 'application/json', write: toJsonFile },
} as const

async function exportTimeline(
  world: World,
  action: 'export-markdown' | 'export-html' | 'export-json',
  incidentId: string,
  past: PastIncident | null,
): Promise<Outcome> {
  const timeline = await readWholeTimeline(world, incidentId)
  if (!timeline.ok) return failed(`Not exported: ${timeline.error.message}`)
  const subject = await findSubject(world, incidentId, past)
  if (!subject.ok) return failed(`Not exported: ${subject.error.message}`)
  const reader = outsider(world.mirror.getState())
  const { entries, isComplete } = timeline.value
  const exported = toExport({
    incident: subject.value.summary,
    entries: entries.map((entry) => ({
      entry,
      ...sentenceOf(entry, reader),
      correctedBy: entry.correction ? whoIs(entry.correction.by, reader) : null,
    })),
    isComplete,
    now: world.engineNow(),
  })
  const { extension, type, write } = formats[action]
  const name = fileNameOf(subject.value.summary, extension)
  const images =
    action === 'export-html'
      ? await readImages(world, incidentId, entries)
      : new Map<string, never>()
  saveFile(name, write(exported, images), type)
  // Where to is asked by the browser or the desktop, which do not say whether anything was saved.
  return done(
    isComplete
      ? `Download started: ${name}`
      : `Download started: ${name}. It may be incomplete: Deckwatch could not be asked for all of it.`,
  )
}
