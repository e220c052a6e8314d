import type { SectionId } from './section.ts'

/** A part of the meeting. */
export interface AgendaPart {
  readonly name: string
  readonly minutes: number
  /** What the people do in it. */
  readonly what: string
  /** The sections that are looked at in it. */
  readonly sections: readonly (SectionId | 'actions')[]
}

/** The meeting in six parts: an hour and five minutes. */
export const agenda: readonly AgendaPart[] = [
  {
    name: 'Opening',
    minutes: 5,
    what: 'Why we are here: to learn, not to blame. Read the summary aloud.',
    sections: ['summary'],
  },
  {
    name: 'Timeline',
    minutes: 15,
    what: 'Walk through what happened. Correct it where somebody remembers more.',
    sections: ['timeline', 'times', 'impact'],
  },
  {
    name: 'What went well',
    minutes: 10,
    what: 'What helped, and how to keep it.',
    sections: ['went-well'],
  },
  {
    name: 'Causes',
    minutes: 15,
    what: 'Root cause, contributing factors, and why it was not caught earlier.',
    sections: ['root-cause', 'contributing-factors', 'not-caught-earlier', 'went-wrong'],
  },
  {
    name: 'Action items',
    minutes: 10,
    what: 'What is done so that it does not happen again: each with an owner and a date.',
    sections: ['actions'],
  },
  {
    name: 'Lessons and next steps',
    minutes: 10,
    what: 'What everybody should know, and when it is looked at again.',
    sections: ['lessons', 'slo-impact', 'services'],
  },
]

/** Where the timer of a meeting stands. Times in ms; `since` since the epoch, null while it is paused. */
export interface AgendaTimer {
  /** The part that runs, counted from 0. */
  readonly part: number
  /** How much of it had passed when it was last started or paused. */
  readonly spentMs: number
  readonly since: number | null
}

/** Before the meeting. */
export const idleTimer: AgendaTimer = { part: 0, spentMs: 0, since: null }

/** Starts it, or pauses it where it runs. */
export function toggled(timer: AgendaTimer, now: number): AgendaTimer {
  return timer.since === null
    ? { ...timer, since: now }
    : { ...timer, spentMs: spentOf(timer, now), since: null }
}

/** Goes on with another part, whose time begins now if the timer runs. */
export function atPart(timer: AgendaTimer, part: number, now: number): AgendaTimer {
  const last = agenda.length - 1
  return {
    part: Math.min(last, Math.max(0, part)),
    spentMs: 0,
    since: timer.since === null ? null : now,
  }
}

/** How much time the part has left, ms; negative once it is over its time. */
export function leftOf(timer: AgendaTimer, now: number): number {
  const minutes = agenda[timer.part]?.minutes ?? 0
  return minutes * 60_000 - spentOf(timer, now)
}

function spentOf({ spentMs, since }: AgendaTimer, now: number): number {
  return spentMs + (since === null ? 0 : Math.max(0, now - since))
}
