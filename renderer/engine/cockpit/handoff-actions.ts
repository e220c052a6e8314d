import type { CommandName, InputOf } from '#shared/contract/contract.ts'
import type { EngineClient } from '../bridge/engine-client.ts'
import type { Given } from '../offline/command-queue.ts'
import type { IncidentKeptName, KeptName } from '../offline/kept-command.ts'
import type { UiStore } from '../page/ui-store.ts'

/** What is kept for the engine about a handoff. */
type HandoffKeptName = Exclude<KeptName, IncidentKeptName>

/** What is done with a handoff now or not at all. */
type HandoffCommandName = Exclude<Extract<CommandName, `handoff.${string}`>, KeptName>

interface Ports {
  readonly client: Pick<EngineClient, 'request'>
  readonly ui: UiStore
  /** Gives a command to the queue, and says what came of it. */
  readonly give: <Name extends HandoffKeptName>(
    name: Name,
    input: InputOf<Name>,
    title: string,
  ) => Promise<Given>
}

/** What a person can do with shifts that are handed over. Whoever shows one shows what was refused. */
export function createHandoffActions({ client, ui, give }: Ports) {
  return {
    /** Shows a handoff; null: the draft of the own one. */
    showHandoff: (handoffId: string | null) => {
      ui.setState({ screen: 'handoff', dialog: null, handoffRequest: { handoffId } })
    },
    /** Hands a shift over, or keeps that for the engine. */
    sendHandoff: (input: InputOf<'handoff.send'>) =>
      give('handoff.send', input, `to ${input.document.to.name}`),
    /** Takes a shift over, or keeps that for the engine. */
    acceptHandoff: (input: InputOf<'handoff.accept'>, from: string) =>
      give('handoff.accept', input, `of ${from}`),
    handoffCommand: (name: HandoffCommandName, input: InputOf<HandoffCommandName>) =>
      client.request<CommandName>(name, input),
  }
}
