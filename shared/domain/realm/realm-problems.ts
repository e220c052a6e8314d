import { DEFAULT_REALM, realmName } from './realm.ts'

interface Sources {
  readonly sources: readonly { readonly name: string; readonly [field: string]: unknown }[]
  readonly severity: readonly { readonly realm?: string | undefined }[]
}

/** A mistake of the configuration, with its place. */
export interface RealmProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Finds rules for realms that no source can be in: a misspelt one must not silently do nothing. */
export function findRealmProblems({ sources, severity }: Sources): readonly RealmProblem[] {
  const names = new Set<unknown>([
    realmName(DEFAULT_REALM),
    ...sources.flatMap(({ name, realm }) => [name, realm]),
  ])
  return severity.flatMap(({ realm }, index) =>
    realm === undefined || names.has(realm)
      ? []
      : [
          {
            path: ['severity', index, 'realm'],
            message: `no source is called ${JSON.stringify(realm)}, and none has it as its realm`,
          },
        ],
  )
}
