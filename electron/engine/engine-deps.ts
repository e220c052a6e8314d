import type { ChangeSources } from './ports/change-sources.ts'
import type { Channel } from './ports/channel.ts'
import type { Clock } from './ports/clock.ts'
import type { Ids } from './ports/ids.ts'
import type { Images } from './ports/images.ts'
import type { Journal } from './ports/journal.ts'
import type { ListenerPort } from './ports/listener.ts'
import type { Logger } from './ports/logger.ts'
import type { PlaceQueries } from './ports/place-queries.ts'
import type { PlaybookPort } from './ports/playbook.ts'
import type { Measurements } from './ports/measurements.ts'
import type { Presenter } from './ports/presenter.ts'
import type { Printer } from './ports/printer.ts'
import type { Readings } from './ports/readings.ts'
import type { Checks } from './ports/checks.ts'
import type { Runner } from './ports/runner.ts'
import type { TrustedTexts } from './ports/trusted-texts.ts'
import type { RunbookLibrary } from './ports/runbook-library.ts'
import type { Runbooks } from './ports/runbooks.ts'
import type { SettingsPort } from './ports/settings.ts'

/** Everything that the engine needs from outside. Nothing is made at import. */
export interface EngineDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  /** The ways to reach a person; with none, pages end in the cockpit. */
  readonly channels: readonly Channel[]
  readonly presenter: Presenter
  /** Left out where no images are kept: to add one is refused. */
  readonly images?: Images
  /** Left out where no PDF can be made: a cockpit prints by itself then. */
  readonly printer?: Printer
  /** Left out where nothing can be measured: all of it is unknown then. */
  readonly measurements?: Measurements
  /** Left out where no history is kept: questions about it are refused with that reason. */
  readonly readings?: Readings
  /** Left out where nobody can look: links to runbooks are unchecked then. */
  readonly runbooks?: Runbooks
  /** Left out where there are no runbooks to show: questions about them are refused. */
  readonly runbookLibrary?: RunbookLibrary
  /** Left out where no command is run: questions about it are refused. */
  readonly runner?: Runner
  /** Left out where no server is checked: checks can only be copied then. */
  readonly checks?: Checks
  /** Left out where no query is sent to a place of the configuration: it can only be copied then. */
  readonly placeQueries?: PlaceQueries
  /** Left out where nothing can be trusted, so that nothing is run either. */
  readonly trustedTexts?: TrustedTexts
  /** Left out where there is no file to edit: the settings are refused with that reason. */
  readonly settings?: SettingsPort
  /** Left out where there is no playbook to look at: questions about it are refused. */
  readonly playbook?: PlaybookPort
  /** Left out where nothing can be reported from outside. */
  readonly listener?: ListenerPort
  /** Left out where changes are not looked for. */
  readonly changeSources?: ChangeSources
  readonly logger: Logger
}
