export { createConfigurationEditor, type ConfigurationEditor, type FileNow } from './editor.ts'
export { loadConfiguration, type LoadedConfiguration } from './load.ts'
export { parseConfiguration } from './parse.ts'
export {
  createConfigurationStore,
  type ConfigurationStore,
  type ConfigurationStoreOptions,
} from './store.ts'
export { fileVersion, watchConfiguration } from './watch.ts'
