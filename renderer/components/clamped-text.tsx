import { useLayoutEffect, useRef, useState } from 'react'
import { OutsideText } from './outside-text.tsx'
import { TextButton } from './text-button.tsx'
import styles from './clamped-text.module.css'

interface ClampedTextProps {
  /** Our own words before it. */
  readonly lead?: string
  /** How many lines are shown before one asks for more. */
  readonly lines?: number
  readonly children: string
}

/** A text from outside of any length: its first lines, and all of it when asked for. */
export function ClampedText({ children, lead = '', lines = 4 }: ClampedTextProps) {
  const text = useRef<HTMLParagraphElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isCut, setCut] = useState(false)
  useLayoutEffect(() => {
    const element = text.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      setCut(element.scrollHeight > element.clientHeight + 1)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [children])
  return (
    <div>
      <p
        ref={text}
        className={styles.text}
        data-open={isOpen}
        style={isOpen ? undefined : { WebkitLineClamp: lines }}
      >
        {lead === '' ? null : <span className={styles.lead}>{lead}</span>}
        <OutsideText>{children}</OutsideText>
      </p>
      {isCut || isOpen ? (
        <TextButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'less' : 'more'}
        </TextButton>
      ) : null}
    </div>
  )
}
