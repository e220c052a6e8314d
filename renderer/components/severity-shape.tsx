import type { Severity } from '#shared/domain/severity/schema.ts'

/** A shape for each severity, told apart without colour: octagon, triangle, diamond, ring. */
const shapes: Readonly<Record<Severity, React.ReactNode>> = {
  P0: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />,
  P1: <path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" strokeLinejoin="round" />,
  P2: <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" />,
  P3: <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="2.4" />,
}

interface SeverityShapeProps {
  readonly severity: Severity
  readonly size?: number
}

/** The shape alone; its meaning is written beside it. */
export function SeverityShape({ severity, size = 12 }: SeverityShapeProps) {
  return (
    <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      {shapes[severity]}
    </svg>
  )
}
