import { checkProgram } from './program.ts'

process.exitCode = await checkProgram(process.argv.slice(2), {
  cwd: process.cwd(),
  print: (text) => process.stdout.write(text),
  say: (line) => process.stderr.write(`${line}\n`),
})
