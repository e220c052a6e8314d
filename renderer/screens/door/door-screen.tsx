import type { ReactNode } from 'react'
import icon from '../../../assets/icon.svg'
import type { EntryReason } from '../../engine/door/enter.ts'
import styles from './door-screen.module.css'

interface Words {
  readonly title: string
  readonly text: string
}

const SIGN_IN: Words = {
  title: 'Sign in to Deckwatch',
  text: 'This browser is not signed in.',
}

const words = {
  revoked: {
    title: 'Access revoked',
    text: 'The owner of this Deckwatch revoked the access of this browser. What Deckwatch kept in it was erased.',
  },
  expired: {
    title: 'Signed out',
    text: 'Deckwatch was not opened in this browser for 30 days, so it was signed out.',
  },
  unknown: {
    title: 'Signed out',
    text: 'Deckwatch does not know this browser any more.',
  },
  'bad-code': {
    title: 'This link is not valid',
    text: 'It was used already, has expired or was revoked.',
  },
  'too-many': {
    title: 'Too many failed attempts',
    text: 'Wait a minute, then open the link again.',
  },
  'other-host': {
    title: 'Another program answers here',
    text: 'What answers at this address did not prove to be a Deckwatch.',
  },
  'signed-out': SIGN_IN,
  unreachable: {
    title: 'Deckwatch does not answer',
    text: 'The link was not used: open it again when Deckwatch is running.',
  },
  'no-key': {
    title: 'This browser cannot be signed in',
    text: 'It cannot make the key that it would prove itself with (WebCrypto). Use a current version of Chromium, Firefox or Safari.',
  },
} as const satisfies Record<EntryReason, Words>

/** No other link or command changes anything for these. */
const isWithoutWayIn: ReadonlySet<EntryReason | null> = new Set<EntryReason>(['too-many', 'no-key'])

/** What a browser shows that is not signed in: why, and how to get in. Nothing of the engine. */
export function SignedOut({ reason }: { readonly reason: EntryReason | null }) {
  const { title, text } = reason === null ? SIGN_IN : words[reason]
  return (
    <Screen title={title}>
      <p>{text}</p>
      {isWithoutWayIn.has(reason) ? null : reason === 'revoked' ? <WayBack /> : <WaysIn />}
    </Screen>
  )
}

/** How to get in: one's own Deckwatch, or that of somebody else, who alone can invite. */
function WaysIn() {
  return (
    <>
      <h2 className={styles.way}>If you are the owner</h2>
      <p>
        Open the sign-in page: its path was printed when Deckwatch started. Or run{' '}
        <code>npm run deckwatch -- sign-in</code> on the machine where Deckwatch runs and open the
        link that it prints.
      </p>
      <h2 className={styles.way}>If somebody else is the owner</h2>
      <p>
        Ask them for an invitation link. They make it with{' '}
        <code>npm run deckwatch -- invite NAME</code> on the machine where Deckwatch runs.
      </p>
    </>
  )
}

/** After the owner revoked the access: nobody else can give it back. */
function WayBack() {
  return <p>To get access again, ask the owner for a new invitation link.</p>
}

/** While a link is being used: not yet a page. It shows only when that takes longer than a blink. */
export function SigningIn() {
  return (
    <div className={styles.screen} data-late role="status">
      <ProductName />
      <p className={styles.title}>Signing in…</p>
    </div>
  )
}

/** Asks before a link replaces the session of this browser. */
export function AskBeforeSignIn({
  onUse,
  onStay,
}: {
  readonly onUse: () => void
  readonly onStay: () => void
}) {
  return (
    <Screen title="Use this sign-in link?">
      <p>
        This browser is signed in already. The link may belong to another person: what you do then
        is recorded as theirs. What is kept here for the person before is erased; commands of theirs
        that wait for Deckwatch wait until they sign in again.
      </p>
      <div className={styles.choices}>
        <button type="button" className={styles.choice} onClick={onStay}>
          Stay signed in
        </button>
        <button type="button" className={styles.choice} onClick={onUse}>
          Use the link
        </button>
      </div>
    </Screen>
  )
}

interface ScreenProps {
  readonly title: string
  readonly children: ReactNode
}

/** A page outside of the cockpit, under the product's name. */
function Screen({ title, children }: ScreenProps) {
  return (
    <main className={styles.screen}>
      <ProductName />
      <h1 className={styles.title}>{title}</h1>
      {children}
    </main>
  )
}

function ProductName() {
  return (
    <p className={styles.name}>
      <img src={icon} alt="" width={22} height={22} />
      Deckwatch
    </p>
  )
}
