import { createInterface } from 'node:readline/promises'

/** Asks for a line of the terminal; null at the end of the input. Never writes to standard output. */
export async function askInTerminal(question: string): Promise<string | null> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new Promise<null>((resolve) => {
    lines.once('close', () => {
      resolve(null)
    })
  })
  try {
    return await Promise.race([lines.question(question), closed])
  } finally {
    lines.close()
    // The command reads it from here on.
    process.stdin.pause()
  }
}
