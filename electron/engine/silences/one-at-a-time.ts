/** Runs what concerns one thing one after the other, and different things side by side. */
export type InTurn = <Value>(subject: string, work: () => Promise<Value>) => Promise<Value>

/** Makes the turns: who comes second sees what the first has done. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>()
  return (subject, work) => {
    const turn = (last.get(subject) ?? Promise.resolve()).then(work, work)
    last.set(subject, turn)
    const forget = () => {
      if (last.get(subject) === turn) last.delete(subject)
    }
    turn.then(forget, forget)
    return turn
  }
}
