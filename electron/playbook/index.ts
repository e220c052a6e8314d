export { createConfigurationEditor, type ConfigurationEditor, type FileNow } from './configuration/editor.ts'
export { loadConfiguration, type LoadedConfiguration } from './configuration/load.ts'
export { parseConfiguration } from './configuration/parse.ts'
export {
  createConfigurationStore,
  type ConfigurationStore,
  type ConfigurationStoreOptions,
} from './configuration/store.ts'
export { fileVersion, watchConfiguration } from './watch.ts'
