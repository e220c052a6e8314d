import type { Measurements, Question } from '../ports/measurements.ts'

/**
 * Lets several parts of the engine ask for values: what each wants is asked for together with what
 * the others want. Keys of one must not be those of another.
 *
 * @returns makes an asker, which wants nothing yet; closing any of them closes all.
 */
export function shareMeasurements(measurements: Measurements): () => Measurements {
  const wanted: (readonly Question[])[] = []
  return () => {
    const place = wanted.push([]) - 1
    return {
      ask(questions) {
        wanted[place] = questions
        measurements.ask(wanted.flat())
      },
      answer: (key) => measurements.answer(key),
      watched: (promql, labels) => measurements.watched(promql, labels),
      close: () => {
        measurements.close()
      },
    }
  }
}
