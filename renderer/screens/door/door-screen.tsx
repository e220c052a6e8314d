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

/** What a browser shows that is not signed in: why, and how to get in. Nothing of the engine. */
export function SignedOut({ reason }: { readonly reason: EntryReason | null }) {
  const { title, text } = reason === null ? SIGN_IN : words[reason]
  return (
    <main className={styles.screen}>
      <h1 className={styles.title}>{title}</h1>
      <p>{text}</p>
      <p>
        <strong>On your own machine</strong>, open the page that Deckwatch named when it was
        started, or run <code>npm run deckwatch -- sign-in</code> and open the link that it prints.
      </p>
      <p>
        <strong>On somebody else’s</strong>, ask them for an invitation:{' '}
        <code>npm run deckwatch -- invite NAME</code>
      </p>
    </main>
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
    <main className={styles.screen}>
      <h1 className={styles.title}>Use this sign-in link?</h1>
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
    </main>
  )
}
