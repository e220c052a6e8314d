/**
 * The program of the thread: beside this file as it is, a file of its own where Deckwatch is
 * bundled (`threads` in electron.vite.config.ts puts its address in place of this one).
 */
export const workerFile = new URL('worker.ts', import.meta.url)
