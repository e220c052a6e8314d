import { defineConfig } from 'eslint/config'
import jsdoc from 'eslint-plugin-jsdoc'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Rules of this project's own: small, and each says what to do instead. */
const deckwatch = {
  rules: {
    'file-name': {
      create: (context) => ({
        Program(node) {
          const [base] = context.filename.split(/[\\/]/).slice(-1)
          const stem = base.replace(/\.[cm]?[jt]sx?$/, '').replace(/\.(test|bench|config|d)$/, '')
          if (/(^|-)(utils?|helpers?|misc|common)$/.test(stem)) {
            context.report({
              node,
              message: `A file called "${stem}" attracts everything: name it after its one subject.`,
            })
          }
          if (!/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(stem)) {
            context.report({ node, message: `File names are kebab-case; "${stem}" is not.` })
          }
        },
      }),
    },
    'disable-with-reason': {
      create: (context) => ({
        Program() {
          for (const comment of context.sourceCode.getAllComments()) {
            if (/^\s*(es|ox)lint-disable/.test(comment.value) && !/\s--\s\S/.test(comment.value)) {
              context.report({
                loc: comment.loc,
                message: 'An exception carries its reason: eslint-disable-next-line rule -- reason',
              })
            }
          }
        },
      }),
    },
  },
}

/** Requires a doc comment on exported functions and on what `contexts` selects besides them. */
const documented = (contexts) => [
  'error',
  { publicOnly: { esm: true }, require: functions, contexts, enableFixer: false },
]
const functions = {
  FunctionDeclaration: true,
  ArrowFunctionExpression: true,
  FunctionExpression: true,
  ClassDeclaration: true,
  MethodDefinition: false,
}

export default defineConfig(
  {
    ignores: [
      'out/',
      'dist/',
      'coverage/',
      '.cache/',
      'test-results/',
      'test/fixtures/*/',
      '!test/fixtures/words/',
      'node_modules/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    // The rules that need types are in .oxlintrc.json.
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    plugins: { deckwatch },
    rules: {
      'deckwatch/file-name': 'error',
      'deckwatch/disable-with-reason': 'error',
      // Look again at 250 lines; at 400 the file has two subjects.
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-constant-binary-expression': 'error',
      'no-control-regex': 'error',
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-promise-executor-return': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-rename': 'error',
      'object-shorthand': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Use named exports: one name for one thing everywhere.',
        },
        {
          selector:
            'ImportDeclaration[source.value=/^\\./]:not([source.value=/\\.(ts|tsx|mjs|css|json|svg)$/])',
          message: 'Node runs these files as they are: write the extension (.ts, .tsx).',
        },
        {
          selector:
            'CallExpression[arguments.length=1][callee.object.name="vi"][callee.property.name="waitFor"]',
          message: 'A busy machine needs more than its one second: use test/setup/eventually.ts.',
        },
        {
          selector: 'MemberExpression[property.name="waitForFunction"]',
          message:
            'waitForFunction takes the promise of a predicate for true and waits for nothing: ' +
            'use untilInPage (test/e2e/until-in-page.ts).',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // `type` for unions and inferred types, `interface` for shapes: both are in use on purpose.
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    // What the two sides share is read by everybody: each name says what it means.
    files: ['shared/**/*.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': documented([
        'ExportNamedDeclaration > VariableDeclaration',
        'ExportNamedDeclaration > TSInterfaceDeclaration',
        // A type derived from what stands beside it (z.infer, typeof, Exclude) is documented there.
        'ExportNamedDeclaration > TSTypeAliasDeclaration[typeAnnotation.type=/^TS(Union|Function)Type$|^TSTypeLiteral$/]',
      ]),
    },
  },
  {
    files: ['electron/**/*.ts'],
    plugins: { jsdoc },
    rules: { 'jsdoc/require-jsdoc': documented([]) },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { ...reactHooks.configs.flat.recommended.rules },
  },
  {
    // Programs that talk to the person who started them.
    files: ['electron/cli/**', 'electron/host/**', 'test/**', '*.config.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['*.config.{ts,mjs}', '.dependency-cruiser.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // A test may say what it knows; a wrong guess fails it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // One file a subject; tables of cases make it long.
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**'],
    ignores: ['test/unit/renderer/**', '**/*.apart.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['mock', 'doMock'].map((property) => ({
          object: 'vi',
          property,
          message:
            'Files of unit tests share modules: give the dependency as an argument, or name the ' +
            'file *.apart.test.ts, so that it has modules of its own.',
        })),
      ],
    },
  },
)
