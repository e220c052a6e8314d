import { splitLinks } from '../text/links.ts'
import { ExternalLink } from './external-link.tsx'

interface OutsideTextProps {
  readonly children: string
}

/** A text from outside: shown as it is, never as markup; http and https addresses become links. */
export function OutsideText({ children }: OutsideTextProps) {
  return splitLinks(children).map(({ text, href }, index) =>
    href === null ? (
      text
    ) : (
      // The parts of one text do not move: their place is their identity.
      <ExternalLink key={index} href={href}>
        {text}
      </ExternalLink>
    ),
  )
}
