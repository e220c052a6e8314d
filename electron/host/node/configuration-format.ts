import { vendors } from '#electron/vendors/registry.ts'
import { configurationFormat } from '#shared/domain/configuration/schema.ts'

/** The configuration as this program reads it: with the sources of every vendor that it knows. */
export const format = configurationFormat(vendors.map(({ kind }) => kind))
