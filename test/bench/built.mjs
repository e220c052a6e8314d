// What `npm start` runs: the bench measures the same build.
export { ensureBuild } from '../../electron/cli/setup/build.mjs'
