/**
 * The one direction of dependencies, as rules that fail the build:
 *
 *     shared/domain <- shared/contract <- electron/engine <- adapters <- electron/host, electron/cli
 *     renderer -> shared only
 *
 * Each rule is proved to bite by test/unit/lint/dependency-rules.test.ts.
 */

/** What touches the world on the engine's behalf. */
const adapters =
  '^electron/(vendors|journal|playbook|measurements|listener|changes|audit|runbooks|runner|images)/'
/** What adapters share; it knows none of them. */
const sharedByAdapters = '^electron/(http|polling|files)/'
const ports = '^electron/engine/ports/'
/** The parser of shell commands: for what judges them alone. */
const shellParser = 'node_modules/(mvdan-sh)/'
const packages = 'node_modules/'
/** What the pure core stands on: schemas, expressions as Alertmanager reads them, hashes and Base64. */
const pure = `${packages}(zod|re2js|@noble/hashes|@scure/base)/`
/** The folder that reads runbooks, which are Markdown and YAML, on both sides. */
const runbooks = '^shared/domain/runbook/'
/** Parsers of texts: as pure as the core, and for runbooks alone. */
const parsers = `${packages}(yaml|mdast-util-from-markdown|mdast-util-gfm|micromark-extension-gfm|@types/mdast)/`

/** Forbids what `from` may not reach; every rule is an error. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    forbid(
      'no-circular',
      'Two files that need each other are one file, or need a third.',
      {},
      {
        circular: true,
      },
    ),
    forbid('not-resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    forbid(
      'domain-is-the-core',
      'The domain imports the domain and the packages of the pure core, nothing else.',
      { path: '^shared/domain/', pathNot: runbooks },
      { pathNot: ['^shared/domain/', pure] },
    ),
    forbid(
      'runbooks-are-parsed-by-parsers',
      'Runbooks are read by the domain, the packages of the pure core and the parsers of Markdown and YAML, nothing else.',
      { path: runbooks },
      { pathNot: ['^shared/domain/', pure, parsers] },
    ),
    forbid(
      'contract-knows-the-domain-only',
      'The contract imports the domain and the packages of the pure core, nothing else.',
      { path: '^shared/contract/' },
      { pathNot: ['^shared/', pure] },
    ),
    forbid(
      'shared-is-pure',
      'Both sides run shared/: no Node, no Electron, no React, no packages but those of the pure core.',
      { path: '^shared/', pathNot: runbooks },
      { pathNot: ['^shared/', pure] },
    ),
    forbid(
      'engine-knows-no-host',
      'The engine decides; what touches the world is a port that is passed in.',
      { path: '^electron/engine/' },
      { pathNot: ['^electron/engine/', '^shared/', pure] },
    ),
    forbid(
      'adapters-stay-adapters',
      "An adapter imports shared/, the engine's ports, what adapters share, and its own folder.",
      { path: [adapters, sharedByAdapters] },
      { path: '^(electron|renderer|test)/', pathNot: [adapters, sharedByAdapters, ports] },
    ),
    forbid(
      'adapters-do-not-know-each-other',
      'Kinds of adapters are independent: move what they share into shared/ or a port.',
      { path: adapters },
      { path: adapters, pathNot: '^electron/$1/' },
    ),
    forbid(
      'vendors-do-not-know-each-other',
      "One vendor's adapter never imports another's; what they share is electron/http and electron/polling.",
      { path: '^electron/vendors/([^/]+)/' },
      { path: '^electron/vendors/[^/]+/', pathNot: '^electron/vendors/$1/' },
    ),
    forbid(
      'http-knows-no-vendor',
      'The HTTP client serves sources and channels alike: it knows neither vendors nor polling.',
      { path: '^electron/http/' },
      { path: '^electron/', pathNot: ['^electron/(http|files)/', ports] },
    ),
    forbid(
      'polling-knows-no-vendor',
      'What polled sources share does not know them.',
      { path: '^electron/polling/' },
      { path: '^electron/', pathNot: ['^electron/(polling|http)/', ports] },
    ),
    forbid(
      'files-know-nobody',
      'Reading files safely is for all who read some.',
      { path: '^electron/files/' },
      { path: '^electron/', pathNot: '^electron/files/' },
    ),
    forbid(
      'runner-knows-no-adapter',
      "What judges and runs commands knows shared/, safe files and the engine's ports.",
      { path: '^electron/runner/', pathNot: '^electron/runner/(checks|queries)/' },
      {
        path: '^(electron|renderer|test)/',
        pathNot: ['^electron/runner/(?!checks/|queries/)', '^electron/files/', ports],
      },
    ),
    forbid(
      'checks-know-no-process',
      'Checking a server knows networks, and cleans what it is told as the output of a command is.',
      { path: '^electron/runner/checks/' },
      {
        path: '^(electron|renderer|test)/',
        pathNot: ['^electron/runner/(checks|output)/', '^electron/http/', ports],
      },
    ),
    forbid(
      'queries-know-no-process',
      'Asking a database or a store of logs knows networks, and says what came of it as checks do.',
      { path: '^electron/runner/queries/' },
      {
        path: '^(electron|renderer|test)/',
        pathNot: [
          '^electron/runner/(queries|output)/',
          '^electron/runner/checks/(found|answer-end)',
          '^electron/http/',
          ports,
        ],
      },
    ),
    forbid(
      'postgresql-is-asked-in-one-place',
      'A connection to PostgreSQL only reads, and ends: electron/runner/queries sees to that.',
      { pathNot: '^(electron/runner/queries|test)/' },
      { path: `${packages}(pg|pg-cursor)/` },
    ),
    forbid(
      'shell-is-parsed-in-one-place',
      'Shell commands are taken apart by electron/runner/shell: nobody else asks the parser.',
      { pathNot: '^electron/runner/shell/' },
      { path: shellParser },
    ),
    forbid(
      'electron-only-in-desktop-host',
      'Importing electron anywhere else starts a download or breaks the browser host.',
      { pathNot: '^electron/host/desktop/' },
      { path: `${packages}electron/` },
    ),
    forbid(
      'react-only-in-renderer',
      'React and its company belong to the cockpit.',
      { pathNot: '^(renderer|test)/' },
      {
        path: `${packages}(react|react-dom|@types/react|@types/react-dom|@mantine/[^/]+|zustand|dexie)/`,
      },
    ),
    forbid(
      'renderer-knows-shared-only',
      'The cockpit reaches the engine over the contract, never by import.',
      { path: '^renderer/' },
      { path: '^(electron|test)/' },
    ),
    forbid(
      'cockpit-engine-knows-no-screen',
      "What stands between the contract and the screens shows nothing: it uses the cockpit's words at most.",
      { path: '^renderer/engine/' },
      { path: '^renderer/', pathNot: '^renderer/(engine|text)/' },
    ),
    forbid(
      'pieces-know-no-state',
      'Components, lists, keys, words and theme are given what they show.',
      { path: '^renderer/(components|lists|keyboard|text|theme)/' },
      { path: '^renderer/', pathNot: '^renderer/(components|lists|keyboard|text|theme)/' },
    ),
    forbid(
      'parts-know-no-screen',
      'A part is shown by several screens and belongs to none.',
      { path: '^renderer/parts/' },
      { path: '^renderer/(screens/|[^/]+$)' },
    ),
    forbid(
      'screens-do-not-know-each-other',
      'What two screens share lives in parts/, components/ or engine/; frame and palette compose.',
      { path: '^renderer/screens/([^/]+)/', pathNot: '^renderer/screens/(frame|palette)/' },
      { path: '^renderer/(screens/|[^/]+$)', pathNot: '^renderer/screens/$1/' },
    ),
    forbid(
      'palette-knows-no-frame',
      'The frame holds the palette, never the other way round.',
      { path: '^renderer/screens/palette/' },
      { path: '^renderer/(screens/frame/|[^/]+$)' },
    ),
    {
      ...forbid(
        'no-circle-of-concepts',
        'Two concepts that need each other are one, or need a third below them.',
        { path: '^shared/domain/' },
        { circular: true },
      ),
      scope: 'folder',
    },
    {
      ...forbid(
        'no-circle-of-folders-in-the-cockpit',
        'Two folders that need each other are one, or need a third.',
        { path: '^renderer/' },
        { circular: true },
      ),
      scope: 'folder',
    },
    forbid(
      'renderer-has-no-node',
      'The cockpit runs in a browser.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'nothing-imports-tests',
      'What only tests need lives in test/.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    forbid(
      'no-dev-dependency-at-run-time',
      'The packaged program has no devDependencies: move the package to dependencies.',
      { path: '^(shared|electron|renderer)/' },
      // Electron is what runs the package, not a part of it.
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm'],
        pathNot: ['@types/', `${packages}electron/`],
      },
    ),
    forbid(
      'no-undeclared-dependency',
      'A package that is not in package.json is there by accident.',
      { path: '^(shared|electron|renderer|test)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    // Types are imports too: a type from the wrong layer is the wrong layer.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
    builtInModules: { add: ['node:sqlite'] },
  },
}
