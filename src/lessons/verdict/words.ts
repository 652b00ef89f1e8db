// What there is to say of a finding, in words.

/** What it is, why it matters, and what helps, where something does. All in the lessons' markup. */
export interface Words<Params> {
  readonly title: (params: Params) => string;
  readonly why: (params: Params) => string;
  readonly fix?: (params: Params) => string;
}
