/** Works without a pause for nothing, until the process that started it is gone. */
const STRETCH_MS = 200

function work(): void {
  const end = performance.now() + STRETCH_MS
  while (performance.now() < end);
  // Between two stretches it hears that its parent has gone.
  setImmediate(work)
}

process.on('disconnect', () => process.exit(0))
work()
