// Where the links lead that skip the bar.

/** A link to an element of the page, by its id. */
export interface Skip {
  readonly id: string;
  readonly label: string;
}
