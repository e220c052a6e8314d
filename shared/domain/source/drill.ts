/** The `type` of the source that tells a made-up story: what it says is practice. */
export const DRILL_TYPE = 'drill'
