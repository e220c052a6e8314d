import type { CommandName, InputOf } from '#shared/contract/contract.ts'
import type { Receipt } from '#shared/contract/operations/operation.ts'
import type { ContractError, ContractErrorCode } from '#shared/contract/errors.ts'
import type { SaidImpact } from '#shared/domain/impact/schema.ts'
import type { StepState } from '#shared/domain/response/schema.ts'
import type { FollowUpOutcome } from '#shared/domain/meeting/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { EngineClient } from '../bridge/engine-client.ts'
import type { CommandQueue, Given } from '../offline/command-queue.ts'
import {
  isAbout,
  isAboutIncident,
  type IncidentKeptName,
  type KeptCommand,
  type KeptName,
} from '../offline/kept-command.ts'
import { conflictOf } from '../commands/conflict.ts'
import { createHandoffActions } from './handoff-actions.ts'
import { describeAsked, describeDone, describeRefusal } from '../commands/command-words.ts'
import { leftOpen } from '../commands/left-open.ts'
import { sendImage, type ImageToSend } from '../images/send-image.ts'
import { queueOf, shownItems } from '../watch/derived.ts'
import type { MirrorReader } from '../mirror/mirror-store.ts'
import { moveFromDeparted, moveSelection, type Move, type Section } from '../watch/queue.ts'
import { placeActions } from './place-actions.ts'
import {
  idle,
  partOf,
  type Dialog,
  type HeartbeatRequest,
  type QueueRequest,
  type SaidClock,
  type Screen,
  type UiStore,
  type Work,
} from '../page/ui-store.ts'
import { contract } from '#shared/contract/contract.ts'
import { decisionKey } from '#shared/domain/walkthrough/schema.ts'
import { notPermitted } from '#shared/domain/person/refusal.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { rightRefusal } from '../commands/availability.ts'

interface ActionPorts {
  readonly client: EngineClient
  /** Where commands on incidents go. */
  readonly commandQueue: Pick<CommandQueue, 'write' | 'give' | 'keeps' | 'withdraw'>
  /** The commands that wait for the engine, or were rejected by it. */
  readonly kept: () => readonly KeptCommand[]
  /** Another name each time. */
  readonly newId: () => string
  /** The engine's wall clock, ms since the epoch, UTC. */
  readonly now: () => number
  readonly mirror: Pick<MirrorReader, 'getState'>
  readonly ui: UiStore
  /** Says something to who cannot see the screen, without interrupting. */
  readonly say: (text: string) => void
}

/** The commands about the watch as a whole: given for now, so none of them is kept. */
type WatchCommand = Exclude<CommandName, KeptName>

/**
 * What a person can do on this screen. Commands do not change what is shown: they are pending until
 * the engine has recorded them, and its events then change the screen.
 */
export type Actions = ReturnType<typeof createActions>

/** Derives the actions from a client and the page's state. */
export function createActions({
  client,
  commandQueue,
  kept,
  newId,
  now,
  mirror,
  ui,
  say,
}: ActionPorts) {
  const workOf = (incidentId: string): Work => ui.getState().work.get(incidentId) ?? idle
  const setWork = (incidentId: string, work: Work) => {
    const next = new Map(ui.getState().work)
    if (work.pending.size === 0 && work.refusal === null) next.delete(incidentId)
    else next.set(incidentId, work)
    ui.setState({ work: next })
  }

  const askQueue = (kind: QueueRequest['kind']) => {
    ui.setState({ queueRequest: { kind } })
  }

  const returnToQueue = () => {
    askQueue('refocus')
  }

  /** True where this stands with the incident already: what it asked to be given again, is. */
  const isSaid = (incidentId: string, message: string) =>
    workOf(incidentId).refusal?.error.message === message

  /** What is refused without asking, because the engine is away and would refuse it. */
  const conflictWith = (command: KeptCommand): ContractError | null => {
    const { watch, status } = mirror.getState()
    if (!isAboutIncident(command)) return null
    const { incidentId } = command.input
    const incident = watch?.incidents.get(incidentId)
    if (!incident) return null
    const waiting = kept()
      .filter((each) => isAbout(each, incidentId))
      .filter(({ state }) => state !== 'rejected')
    return conflictOf(incident, waiting, command, {
      now: now(),
      me: status?.you ?? { id: OWNER_ID, name: '' },
    })
  }

  /** Gives a command to the queue, unless it is known already that the engine would refuse it. */
  async function give(command: KeptCommand): Promise<Given> {
    const { needs } = contract[command.name]
    if (rightRefusal(mirror.getState().status, command.name) !== null) {
      return { kind: 'answered', result: fail(notPermitted(needs)) }
    }
    const conflict = commandQueue.keeps() ? conflictWith(command) : null
    return conflict ? { kind: 'answered', result: fail(conflict) } : commandQueue.give(command)
  }

  /** @param work what the same command is under way with: the incident, or a part of it. */
  async function command(
    name: IncidentKeptName,
    input: InputOf<IncidentKeptName>,
    work: string = name,
  ): Promise<Given | null> {
    const { incidentId } = input
    const before = workOf(incidentId)
    // The same command once at a time for one incident: a second press must not queue up.
    if (before.pending.has(work)) return null
    const title = mirror.getState().watch?.incidents.get(incidentId)?.title ?? ''
    const written = commandQueue.write(name, input, title)
    setWork(incidentId, { pending: new Set(before.pending).add(work), refusal: null })
    const given = await give(written)
    const after = workOf(incidentId)
    const pending = new Set(after.pending)
    pending.delete(work)
    const error = given.kind === 'answered' && !given.result.ok ? given.result.error : null
    setWork(incidentId, { pending, refusal: error ? { name, error } : after.refusal })
    // What becomes a question is read out as a question.
    if (!error || !asksBack(name, error)) say(describeGiven(written, given, now()))
    // What had the focus, a line or a menu, may be gone with what was done.
    returnToQueue()
    return given
  }

  /** A command that concerns no incident; what is refused is said in words. */
  async function watchCommand<Name extends WatchCommand>(name: Name, input: InputOf<Name>) {
    const result: Result<Receipt, ContractError> = await client.request<CommandName>(name, input)
    say(result.ok ? describeDone(name, null, now(), '') : describeRefusal(result.error))
    ui.setState({ watchRefusal: result.ok ? null : result.error })
    return result
  }

  /** A command that is never kept: whoever gave it in a dialog sees there what was refused. */
  async function saidNow<Name extends WatchCommand>(name: Name, input: InputOf<Name>) {
    const result: Result<Receipt, ContractError> = await client.request<CommandName>(name, input)
    if (result.ok) say(describeDone(name, null, now(), ''))
    return result
  }

  const select = (id: string) => {
    ui.setState({
      selectedId: id,
      departed: null,
      leftWaiting: null,
      choice: { incidentId: id },
    })
  }

  const setDraft = (incidentId: string, text: string) => {
    const drafts = new Map(ui.getState().drafts)
    if (text === '') drafts.delete(incidentId)
    else drafts.set(incidentId, text)
    ui.setState({ drafts })
  }

  return {
    show: (screen: Screen) => {
      const isThere = ui.getState().screen === screen
      ui.setState({ screen, dialog: null, ...(isThere ? { againRequest: {} } : {}) })
    },
    /** Shows the form in which a source can be added, from whatever screen. */
    addSource: () => {
      ui.setState({
        screen: 'settings',
        dialog: null,
        addSourceRequest: { kind: 'add-source' },
      })
    },
    /** Shows the form of a source with these heartbeats in it; saving it is the person's. */
    useAsHeartbeat: (request: HeartbeatRequest) => {
      ui.setState({ screen: 'settings', dialog: null, heartbeatRequest: { ...request } })
    },
    select: (incidentId: string) => {
      select(incidentId)
    },
    /** Selects an incident from elsewhere, on whatever screen: the queue scrolls to it. */
    goTo: (incidentId: string) => {
      select(incidentId)
      ui.setState({ screen: 'now', dialog: null })
      askQueue('follow')
    },
    /** Moves the selection through what the queue shows; returns the incident it led to. */
    move: (move: Move): string | null => {
      const { watch } = mirror.getState()
      const { collapsed, selectedId, leftWaiting } = ui.getState()
      if (!watch) return null
      const left = leftWaiting === null ? undefined : watch.incidents.get(leftWaiting)
      const id =
        (left ? moveFromDeparted(queueOf(watch.incidents), left, move) : null) ??
        moveSelection(shownItems(watch.incidents, collapsed, selectedId), selectedId, move)
      if (id === null) return null
      select(id)
      askQueue('follow')
      return id
    },
    /** Brings a focus that is nowhere back to the selected incident in the queue. */
    returnToQueue,
    /** Shows the queue and puts the focus on the selected incident in it, from wherever it is. */
    goToQueue: () => {
      askQueue('enter')
    },
    toggleSection: (section: Section) => {
      const collapsed = new Set(ui.getState().collapsed)
      if (!collapsed.delete(section)) collapsed.add(section)
      ui.setState({ collapsed })
    },
    open: (dialog: Dialog) => {
      ui.setState({ dialog })
    },
    closeDialog: () => {
      ui.setState({ dialog: null })
    },
    /** Closes a menu over the incident; the focus goes to its line in the queue. */
    closeMenu: () => {
      if (ui.getState().dialog === null) return
      ui.setState({ dialog: null })
      returnToQueue()
    },
    acknowledge: (incidentId: string) => command('incident.acknowledge', { incidentId }),
    /** @param until ms since the epoch, UTC. */
    snooze: (incidentId: string, until: number) =>
      command('incident.snooze', { incidentId, until }),
    unacknowledge: (incidentId: string) => command('incident.unacknowledge', { incidentId }),
    unsnooze: (incidentId: string) => command('incident.unsnooze', { incidentId }),
    reopen: (incidentId: string) => command('incident.reopen', { incidentId }),
    /** Says first what would stay open for good; asked for again, it is closed all the same. */
    close: async (incidentId: string) => {
      const left = leftOpen(mirror.getState().watch?.coordinations.get(incidentId), now())
      const message = `Still open: ${left ?? ''}. Nobody can finish that once it is closed.`
      if (left === null || isSaid(incidentId, message)) {
        await command('incident.close', { incidentId })
        return
      }
      const hint = 'Close it again to close it all the same.'
      const error = { code: 'needs-confirmation', message, hint } as const
      setWork(incidentId, {
        ...workOf(incidentId),
        refusal: { name: 'incident.close', error },
      })
      say(`${message} ${hint}`)
    },
    unmitigate: (incidentId: string) => command('incident.unmitigate', { incidentId }),
    /**
     * Anything else that is kept for an incident. What is refused is shown where it was asked for, so
     * not with the incident.
     *
     * @param part tells apart what can be under way at once.
     */
    give: async <Name extends IncidentKeptName>(
      name: Name,
      input: InputOf<Name>,
      part?: string,
    ) => {
      const given = await command(name, input, part === undefined ? name : partOf(name, part))
      const { incidentId } = input
      if (given?.kind === 'answered' && !given.result.ok) {
        setWork(incidentId, { ...workOf(incidentId), refusal: null })
      }
      return given
    },
    /** What it turned out to be. */
    judge: (incidentId: string, verdict: 'real' | 'false-alarm') =>
      command('incident.judge', { incidentId, verdict }),
    /** Says whether it was right to be paged for an incident. */
    rate: (incidentId: string, isUseful: boolean) =>
      command('feedback.give', { incidentId, isUseful }),
    /** Leaves that unsaid: it is not asked again on this page. */
    leaveUnrated: (incidentId: string) => {
      ui.setState({ unrated: new Set(ui.getState().unrated).add(incidentId) })
      returnToQueue()
    },
    /** Asks first where alerts still fire: the engine knows, so it is asked while it is there. */
    resolve: async (incidentId: string, evenIfFiring = false) => {
      const given = await command('incident.resolve', { incidentId, evenIfFiring })
      if (given?.kind !== 'answered' || given.result.ok) return
      const { error } = given.result
      if (!asksBack('incident.resolve', error)) return
      setWork(incidentId, { ...workOf(incidentId), refusal: null })
      ui.setState({ dialog: { kind: 'resolve', incidentId, refusal: error } })
    },
    /** @param until ms since the epoch, UTC. */
    doNotDisturb: (until: number) => watchCommand('quiet.start', { until }),
    endDoNotDisturb: () => watchCommand('quiet.end', {}),
    /** "I'm awake": other pages wait while this incident is worked on. */
    startFocus: (incidentId: string) => watchCommand('focus.start', { incidentId }),
    endFocus: () => watchCommand('focus.end', {}),
    dismissWatchRefusal: () => {
      ui.setState({ watchRefusal: null })
    },
    ...createHandoffActions({
      client,
      ui,
      give: async (name, input, title) => {
        const written = commandQueue.write(name, input, title)
        const given = await give(written)
        say(describeGiven(written, given, now()))
        return given
      },
    }),
    setDraft,
    /** Records the draft as a note, or keeps it for the engine; it stays a draft when that fails. */
    sendNote: async (incidentId: string) => {
      const text = ui.getState().drafts.get(incidentId)?.trim() ?? ''
      if (text === '') return
      const given = await command('incident.note', { incidentId, text })
      const isTaken = given?.kind === 'kept' || given?.result.ok === true
      // What was written on meanwhile is another note.
      const isAsSent = ui.getState().drafts.get(incidentId)?.trim() === text
      if (isTaken && isAsSent) setDraft(incidentId, '')
    },
    /** Adds something to the timeline that happened earlier: at `happenedAt`, ms since the epoch, UTC. */
    addEntry: (incidentId: string, text: string, happenedAt: number) =>
      command('entry.add', { incidentId, text, happenedAt }),
    /** Says how an entry of the timeline should read; what it read before stays in sight. */
    correctEntry: (input: InputOf<'entry.correct'>) =>
      command('entry.correct', input, partOf('entry.correct', String(input.entry))),
    /** Marks an entry of the timeline as important, or not any more. */
    starEntry: (input: InputOf<'entry.star'>) =>
      command('entry.star', input, partOf('entry.star', String(input.entry))),
    /** Adds an image to the timeline. It is not kept for later: who adds it keeps it until it is there. */
    addImage: async (image: ImageToSend): Promise<Result<Receipt, ContractError>> => {
      const result = await sendImage(client, image, newId())
      if (result.ok) say(describeDone('image.add', null, now(), ''))
      return result
    },
    /** Marks a step of the plan. What was noted of it stays where there is no new note. */
    markStep: (incidentId: string, step: string, state: StepState, note: string | null = null) =>
      command(
        'plan.step',
        { incidentId, step, state, note },
        // What somebody has written is sent while a mark is still on its way.
        partOf('plan.step', note === null ? step : `${step} note`),
      ),
    /** Marks a step of a runbook. What was noted of it stays where there is no new note. */
    markRunbookStep: (input: InputOf<'walkthrough.step'>) =>
      command(
        'walkthrough.step',
        input,
        partOf('walkthrough.step', input.note ? `${input.step} note` : input.step),
      ),
    /** Answers a question of a runbook, or takes the answer back. */
    answerRunbook: (input: InputOf<'walkthrough.answer'>) =>
      command(
        'walkthrough.answer',
        input,
        partOf('walkthrough.answer', decisionKey(input.step, input.decision)),
      ),
    /** Says of a "fixed when" whether it is met. */
    markCriterion: (incidentId: string, criterion: string, isMet: boolean) =>
      command(
        'plan.criterion',
        { incidentId, criterion, isMet },
        partOf('plan.criterion', criterion),
      ),
    /** Says what harm it does, and why they say so; all of it null: what is measured counts again. */
    setImpact: (incidentId: string, said: SaidImpact & { readonly reason: string }) =>
      command('impact.set', { incidentId, ...said }),
    /** From now on only these people see it, by id; whoever says so is always among them. */
    restrict: (incidentId: string, people: readonly string[], reason: string | null) =>
      saidNow('incident.restrict', { incidentId, people: [...people], reason }),
    /** Everybody sees it again. */
    unrestrict: (incidentId: string, reason: string | null) =>
      saidNow('incident.unrestrict', { incidentId, reason }),
    /** Says that the plan of action is there, or that others were brought in. */
    meetClock: (incidentId: string, kind: SaidClock, text: string | null) =>
      command('clock.meet', { incidentId, kind, text }, partOf('clock.meet', kind)),
    /** Goes to what is to be done next of the plan. */
    goToNextStep: (incidentId: string) => {
      ui.setState({ planRequest: { incidentId } })
    },
    /** Unfolds all that was run for an incident, or folds it. */
    toggleEvidence: (incidentId: string) => {
      ui.setState({ evidenceRequest: { incidentId } })
    },
    holdMeeting: (input: InputOf<'meeting.hold'>) => watchCommand('meeting.hold', input),
    decideInMeeting: (input: InputOf<'meeting.decide'>) => watchCommand('meeting.decide', input),
    followUp: (decisionId: string, outcome: FollowUpOutcome) =>
      watchCommand('meeting.follow-up', { decisionId, outcome }),
    answerProposal: (input: InputOf<'proposal.answer'>) => watchCommand('proposal.answer', input),
    ...placeActions(ui),
    /** One of many that are acted on at once: whoever started them says how they ended. */
    giveOneOfMany: (name: IncidentKeptName, input: InputOf<IncidentKeptName>, title: string) =>
      give(commandQueue.write(name, input, title)),
    isSaid,
    /** Answers what cannot be done now, and what is known without asking the engine, with why. */
    refuse: (
      incidentId: string,
      name: CommandName,
      message: string,
      code: ContractErrorCode = mirror.getState().connection.phase === 'open'
        ? 'not-allowed-now'
        : 'engine-unreachable',
    ) => {
      const error: ContractError = { code, message }
      setWork(incidentId, { ...workOf(incidentId), refusal: { name, error } })
      say(describeRefusal(error))
    },
    /**
     * Cancels a queued command, or dismisses a rejected one. The text of a
     * note becomes a draft again, unless another one is being written.
     */
    withdraw: async (command: KeptCommand) => {
      if (!(await commandQueue.withdraw(command.id))) {
        say(
          'It cannot be cancelled: it may have reached Deckwatch already, or this browser failed to remove it.',
        )
        return
      }
      const incidentId = isAboutIncident(command) ? command.input.incidentId : null
      const text = 'text' in command.input ? command.input.text : null
      if (text !== null && incidentId !== null && !ui.getState().drafts.has(incidentId)) {
        setDraft(incidentId, text)
      }
      say(
        `${command.state === 'rejected' ? 'Dismissed' : 'Cancelled'}: ${describeAsked(command, now())}`,
      )
      returnToQueue()
    },
    dismissRefusal: (incidentId: string) => {
      setWork(incidentId, { ...workOf(incidentId), refusal: null })
      returnToQueue()
    },
  }
}

/** What to say of a command that was just given. */
function describeGiven(command: KeptCommand, given: Given, now: number): string {
  const { name, title, input } = command
  if (given.kind === 'kept') {
    return `Queued: ${describeAsked(command, now)}${title === '' ? '' : `, ${title}`}`
  }
  if (!given.result.ok) return describeRefusal(given.result.error)
  return describeDone(name, 'until' in input ? input.until : null, now, title)
}

/** True for the refusal that only asks whether one means it. */
function asksBack(name: CommandName, error: ContractError): boolean {
  return name === 'incident.resolve' && error.code === 'alerts-still-firing'
}
