import '#test/setup/jsdom-gaps.ts'
import { MantineProvider } from '@mantine/core'
import { act, cleanup, configure, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach } from 'vitest'
import type { OperationName, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { EngineStatus, ServerMessage } from '#shared/contract/messages.ts'
import { emptyWatch, toSnapshot, type WatchSnapshot } from '#shared/domain/watch/state.ts'
import { ClockContext } from '#renderer/components/clock.ts'
import type { Refusal } from '#renderer/engine/bridge/ports.ts'
import { SocketClient } from '#renderer/engine/bridge/socket-client.ts'
import type { Announcement } from '#renderer/engine/cockpit/announcements.ts'
import { createCockpit } from '#renderer/engine/cockpit/cockpit.ts'
import { CockpitContext } from '#renderer/engine/cockpit/context.ts'
import { ada, personsOf } from '#test/fixtures/persons.ts'
import { FakePorts } from './engine/bridge/fake-engine.ts'

afterEach(() => {
  cleanup()
  localStorage.clear()
})

// A machine that does something else as well needs time; what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 })

/** What the engine says of itself: nothing is wrong, and ada is at the desk. */
export const status: EngineStatus = {
  ...personsOf(ada),
  version: '0.0.0',
  startedAt: 0,
  config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
  groupBy: ['alertname', 'service'],
  reach: {
    channels: ['desktop'],
    quietHoursUntil: null,
    breaksThrough: 'P0',
    notifies: ['P0', 'P1', 'P2', 'P3'],
  },
  drill: null,
  problems: [],
}

/** What the engine knows, with what a test is about laid over nothing. */
export function stateWith(over: Partial<WatchSnapshot> = {}): WatchSnapshot {
  return { ...toSnapshot(emptyWatch), seq: 1, ...over }
}

/**
 * Shows a part of the cockpit in jsdom: the real state and the real client around it, and the other
 * end of its socket in the hands of the test.
 */
export function showCockpit(
  element: ReactNode,
  state: WatchSnapshot = stateWith(),
  over: Partial<EngineStatus> = {},
) {
  const ports = new FakePorts()
  const cockpit = createCockpit(new SocketClient(ports), ports)
  const said: Announcement[] = []
  cockpit.announcements.add((announcement) => said.push(announcement))
  ports.socket.handlers.opened()
  ports.say({ type: 'snapshot', state })
  const { unreadable } = cockpit.ui.getState()
  if (unreadable !== null) throw new Error(`This is no state: ${unreadable}`)
  ports.say({ type: 'status', status: { ...status, ...over } })
  ports.say({ type: 'pulse', now: ports.wall(), pulses: [] })
  render(
    <MantineProvider env="test">
      <CockpitContext value={cockpit}>
        <ClockContext value={cockpit}>{element}</ClockContext>
      </CockpitContext>
    </MantineProvider>,
  )

  const say = (message: ServerMessage) =>
    act(async () => {
      ports.say(message)
      await Promise.resolve()
    })
  const requests = (name: OperationName) =>
    ports.sockets
      .flatMap(({ sent }) => sent)
      .filter((message) => message.type === 'request')
      .filter((message) => message.name === name)
  const respond = async (
    name: OperationName,
    outcome: Extract<ServerMessage, { type: 'response' }>['outcome'],
  ) => {
    const request = requests(name).at(-1)
    if (!request) throw new Error(`Nobody asked for ${name}`)
    await say({ type: 'response', id: request.id, outcome })
  }
  return {
    cockpit,
    ports,
    user: userEvent.setup(),
    screen,
    /** What a screen reader was told, in order. */
    said,
    /** The engine says something. */
    say,
    /** The inputs of all requests of this name, in order. */
    asked: (name: OperationName) => requests(name).map(({ input }) => input),
    /** The engine answers the last request of this name. */
    answer: <Name extends OperationName>(name: Name, value: OutputOf<Name>) =>
      respond(name, { ok: true, value }),
    refuse: (name: OperationName, error: ContractError) => respond(name, { ok: false, error }),
    /** Resolves as soon as it holds. */
    until: (holds: () => boolean) =>
      waitFor(() => {
        if (!holds()) throw new Error('It does not hold')
      }),
    /** The connection breaks, and is not built up again; the host may say why. */
    lose: (why?: Refusal) =>
      act(async () => {
        ports.socket.handlers.closed(why)
        await Promise.resolve()
      }),
  }
}
