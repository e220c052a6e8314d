import { join } from 'node:path'
import { endLike } from '#electron/cli/pass-on.mjs'
import { createOutputStore } from '#electron/runner/output-store.ts'
import { createNodeClock } from '../node/clock.ts'
import { defaultPaths } from '../node/paths.ts'
import { openKeptRuns } from '../node/terminal/kept-runs.ts'
import { terminalPlaces } from '../node/terminal/places.ts'
import { askInTerminal } from './ask.ts'
import { bindIncident } from './bind.ts'
import { REFUSED, type Ending } from './ending.ts'
import { secretsOf } from './environment-secrets.ts'
import { createTerminalLink } from './link.ts'
import { parseTerminal, terminalHelp, type TerminalOptions } from './options.ts'
import { createRecordings } from './recording.ts'
import { runRecorded, runUnrecorded } from './run-command.ts'
import { INSIDE, runShell, runShellUnrecorded } from './shell/run-shell.ts'
import { commandLine } from './shell-words.ts'

const say = (words: string) => void process.stderr.write(`deckwatch: ${words}\n`)

async function record({
  name,
  incident,
  dataDirectory,
  command,
}: Exclude<TerminalOptions, { name: 'help' }>): Promise<Ending> {
  const inside = process.env[INSIDE]
  if (inside !== undefined && (incident === null || incident === inside)) {
    if (name === 'run') return runUnrecorded(command, say)
    say('This is a shell that records already. Leave it with exit.')
    return REFUSED
  }
  const places = terminalPlaces(dataDirectory)
  const link = createTerminalLink(places.address)
  const canAsk = process.stdin.isTTY && process.stderr.isTTY
  const binding = await bindIncident(incident, { link, ask: canAsk ? askInTerminal : null })
  if (binding.kind === 'refused') {
    say(binding.words)
    return REFUSED
  }
  if (binding.kind === 'unrecorded') {
    say(binding.words)
    return name === 'run' ? runUnrecorded(command, say) : runShellUnrecorded(say)
  }
  // Whose output goes into a program or a file wants nothing else in it.
  if (process.stderr.isTTY || incident === null) say(binding.words)
  const { incidentId } = binding
  const begin = createRecordings({
    clock: createNodeClock(),
    incidentId,
    link,
    runs: openKeptRuns(places.runs),
    outputs: createOutputStore(join(dataDirectory, 'runs', 'outputs'), {
      warn: (facts) => {
        say(`Some output is not recorded. ${JSON.stringify(facts)}`)
      },
    }),
    secrets: secretsOf(process.env),
    say,
  })
  try {
    return name === 'run'
      ? await runRecorded(command, {
          recording: begin(commandLine(command), process.cwd()),
          folder: places.folder,
          say,
        })
      : await runShell({ begin, incidentId, folder: places.shells, say })
  } finally {
    link.close()
  }
}

async function main(): Promise<Ending> {
  const paths = defaultPaths(process.env)
  const options = parseTerminal(process.argv.slice(2), paths)
  if (!options.ok) {
    say(options.error)
    return REFUSED
  }
  if (options.value.name === 'help') {
    process.stdout.write(terminalHelp(paths))
    return { code: 0, signal: null }
  }
  if (process.platform === 'win32') {
    say('Commands of a terminal are not recorded on Windows.')
    return REFUSED
  }
  try {
    return await record(options.value)
  } catch (error) {
    say(`The data directory cannot be used: ${(error as Error).message}`)
    return REFUSED
  }
}

const { code, signal } = await main()
endLike(code, signal)
