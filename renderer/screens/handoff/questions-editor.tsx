import { MAX_LINE_TEXT } from '#shared/domain/handoff/schema.ts'
import { TextButton } from '../../components/text-button.tsx'
import { useHandoffModel } from './handoff-model.ts'
import {
  addQuestion,
  changeQuestion,
  dropQuestion,
  takerName,
  type Workbench,
} from './workbench.ts'
import styles from './draft-lines.module.css'

/** The questions to the next person, each to be changed or taken away. */
export function QuestionsEditor({ workbench }: { readonly workbench: Workbench }) {
  const model = useHandoffModel()
  const { questions } = workbench
  return (
    <section className={styles.section} aria-label="Questions">
      <h3 className={styles.name}>
        Questions for {takerName(workbench)}{' '}
        <span className={styles.count}>{questions.length}</span>
        <TextButton
          aria-label="Add a question"
          onClick={() => model.change((before) => addQuestion(before, crypto.randomUUID()))}
        >
          Add
        </TextButton>
      </h3>
      <ul className={styles.lines}>
        {questions.map(({ id, text }, index) => (
          <li key={id} className={styles.question}>
            <input
              type="text"
              value={text}
              aria-label={`Question ${String(index + 1)}`}
              maxLength={MAX_LINE_TEXT}
              onChange={({ target }) =>
                model.change((before) => changeQuestion(before, id, target.value))
              }
            />
            <TextButton
              aria-label={`Remove question ${String(index + 1)}`}
              onClick={() => model.change((before) => dropQuestion(before, id))}
            >
              Remove
            </TextButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
