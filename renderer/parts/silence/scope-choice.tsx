import { useId } from 'react'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import { areSameMatchers } from '#shared/domain/silence/matchers.ts'
import { plural } from '../../text/plural.ts'
import { Choice, Choices, FieldGroup } from './field-group.tsx'
import type { SilenceSubject } from './silence-subject.ts'

interface ScopeChoiceProps {
  readonly subject: SilenceSubject
  /** The matchers as they are written now. */
  readonly matchers: readonly Matcher[]
  readonly onChoose: (matchers: readonly Matcher[]) => void
}

/**
 * Whether an incident's silence also hides what joins it: another job that fails, another pod. Said
 * where it makes a difference; neither holds once the matchers were changed by hand.
 */
export function ScopeChoice({ subject, matchers, onChoose }: ScopeChoiceProps) {
  const name = useId()
  const { proposal, narrower, alerts } = subject
  if (narrower === null) return null
  return (
    <FieldGroup title="Scope">
      <Choices>
        <Choice
          name={name}
          label="The incident: also alerts that join it later"
          isChosen={areSameMatchers(matchers, proposal)}
          onChoose={() => onChoose(proposal)}
        />
        <Choice
          name={name}
          label={`Only the ${plural(alerts.length, 'alert')} firing now`}
          isChosen={areSameMatchers(matchers, narrower)}
          onChoose={() => onChoose(narrower)}
        />
      </Choices>
    </FieldGroup>
  )
}
