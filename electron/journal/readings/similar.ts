import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import {
  MAX_SIMILAR,
  mostAlike,
  traitKey,
  traitsOf,
  type LikenessWhy,
  type Trait,
} from '#shared/domain/history/similar.ts'
import { readBody } from './sqlite-book.ts'
import type { KeptIncident } from './reading.ts'

/** Incidents with one trait that are compared at most, the newest. */
const MAX_COMPARED = 120
/** With fewer incidents than this, all with a trait are compared, however common it is. */
const FEW = 300
/** What more than this share has is no reason to compare: nearly all would be. */
const TOO_COMMON = 0.3
/** Labels that an incident is compared by at most. */
const MAX_LABELS = 30

const labelSchema = z.object({ name: z.string(), value: z.string() })
const seqSchema = z.object({ seq: z.number() })
const titleSchema = z.object({ seq: z.number(), title: z.string() })
const ofSeqSchema = labelSchema.extend({ seq: z.number() })
const countSchema = z.object({ n: z.number() })

/** The incident that others are compared with. */
export interface Compared {
  readonly seq: number
  readonly title: string
  readonly isDrill: boolean
  /** Names of its alerts: incidents of the same are no news here. */
  readonly alerts: readonly string[]
  /** Ids of incidents that are left out. */
  readonly without: readonly string[]
}

/** An incident that is alike, and why. */
export interface FoundSimilar {
  readonly kept: KeptIncident
  readonly why: LikenessWhy
}

/** Finds earlier incidents of other alerts that are over and alike, the most alike first. */
export type FindSimilar = (compared: Compared) => readonly FoundSimilar[]

/** Prepares the queries on a database with the tables of `schema.ts`. */
export function openSimilar(database: DatabaseSync): FindSimilar {
  const findLabels = database.prepare(
    `SELECT name, value FROM labels WHERE seq = ? LIMIT ${String(MAX_LABELS)}`,
  )
  const countAll = database.prepare('SELECT count(*) AS n FROM incidents')
  const countLabel = database.prepare(
    'SELECT count(*) AS n FROM labels WHERE name = ? AND value = ?',
  )
  const withLabel = database.prepare(
    `SELECT seq FROM labels WHERE name = ? AND value = ? AND seq < ?
     ORDER BY seq DESC LIMIT ${String(MAX_COMPARED)}`,
  )
  const countWord = database.prepare(
    'SELECT count(*) AS n FROM knowledge WHERE knowledge MATCH ? AND rowid > 0',
  )
  const withWord = database.prepare(
    `SELECT rowid AS seq FROM knowledge WHERE knowledge MATCH ? AND rowid > 0 AND rowid < ?
     ORDER BY rowid DESC LIMIT ${String(MAX_COMPARED)}`,
  )
  const eligible = database.prepare(
    `SELECT incidents.seq, search.title FROM incidents JOIN search ON search.rowid = incidents.seq
     WHERE incidents.seq IN (SELECT value FROM json_each(:seqs)) AND is_drill = :drill
       AND status IN ('resolved', 'closed') AND coalesce(verdict, '') != 'duplicate'
       AND id NOT IN (SELECT value FROM json_each(:without))
       AND NOT EXISTS (SELECT 1 FROM labels WHERE labels.seq = incidents.seq
         AND name = 'alertname' AND value IN (SELECT value FROM json_each(:alerts)))`,
  )
  const labelsOf = database.prepare(
    'SELECT seq, name, value FROM labels WHERE seq IN (SELECT value FROM json_each(?))',
  )
  const findBody = database.prepare('SELECT body FROM incidents WHERE seq = ?')

  const inTitle = (word: string) => `title : "${word}"*`

  function countOf(trait: Trait): number {
    const row =
      trait.kind === 'label'
        ? countLabel.get(trait.name, trait.value)
        : countWord.get(inTitle(trait.word))
    return countSchema.parse(row).n
  }

  function seqsWith(trait: Trait, before: number): readonly number[] {
    const rows =
      trait.kind === 'label'
        ? withLabel.all(trait.name, trait.value, before)
        : withWord.all(inTitle(trait.word), before)
    return rows.map((row) => seqSchema.parse(row).seq)
  }

  return ({ seq, title, isDrill, alerts, without }) => {
    const own = traitsOf(
      title,
      findLabels.all(seq).map((row) => labelSchema.parse(row)),
    )
    const total = countSchema.parse(countAll.get()).n
    const counts = new Map(own.map((trait) => [traitKey(trait), countOf(trait)]))
    const telling = own.filter((trait) => {
      const count = counts.get(traitKey(trait)) ?? 0
      return count > 1 && (total < FEW || count / total <= TOO_COMMON)
    })
    const seqs = new Set(telling.flatMap((trait) => seqsWith(trait, seq)))
    const rows = eligible
      .all({
        seqs: JSON.stringify([...seqs]),
        drill: isDrill ? 1 : 0,
        without: JSON.stringify(without),
        alerts: JSON.stringify(alerts),
      })
      .map((row) => titleSchema.parse(row))
    const labels = Map.groupBy(
      labelsOf.all(JSON.stringify(rows.map((row) => row.seq))).map((row) => ofSeqSchema.parse(row)),
      (row) => row.seq,
    )
    const candidates = rows.map((row) => ({
      seq: row.seq,
      traits: traitsOf(row.title, labels.get(row.seq) ?? []),
    }))
    const found: FoundSimilar[] = []
    for (const { candidate, why } of mostAlike(own, candidates, { total, with: counts })) {
      if (found.length === MAX_SIMILAR) break
      const kept = readBody(findBody.get(candidate.seq)?.['body'])
      // Its story goes on in the one that it was merged into.
      if (kept.past.mergedInto === null) found.push({ kept, why })
    }
    return found
  }
}
