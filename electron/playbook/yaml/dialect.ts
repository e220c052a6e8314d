/**
 * How every YAML file of a playbook is read, so that what one part of the program takes, checks or
 * changes is the same for all: YAML 1.2 with merge keys, names as keys, no tags.
 */
export const dialect = {
  schema: 'core',
  merge: true,
  stringKeys: true,
  resolveKnownTags: false,
} as const
