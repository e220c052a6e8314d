import { config } from 'zod'

// zod compiles its parsers with `new Function`, which the page's content security policy forbids. It
// looks at this when a schema is made, so this module comes before any that makes one.
config({ jitless: true })
