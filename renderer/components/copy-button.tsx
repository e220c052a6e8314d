import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** How long the check mark stays, ms. */
const SHOWN_MS = 2_000

interface CopyButtonProps {
  readonly text: string
  /** What is copied, such as `the label pod`. */
  readonly what: string
}

/** Puts a text on the clipboard and says whether that worked. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome === null) return undefined
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const label = {
    copied: `Copied ${what}`,
    refused: `The browser refused to copy ${what}: select the text and copy it`,
    none: `Copy ${what}`,
  }[outcome ?? 'none']
  return (
    <IconButton
      label={label}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setOutcome('copied'),
          () => setOutcome('refused'),
        )
      }}
    >
      {outcome === 'copied' ? <IconCheck size={15} /> : <IconCopy size={15} />}
    </IconButton>
  )
}
