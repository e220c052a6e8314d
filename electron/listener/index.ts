export { createListener } from './listener.ts'
export { listenerPlaces } from './path.ts'
