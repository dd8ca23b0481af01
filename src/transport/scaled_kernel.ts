/** Scalings leave this range seldom; then they go into the potentials. Products of two stay finite. */
const LARGEST_SCALING = 1e30;

/**
 * The plan of an entropic transport problem in a form that can be iterated fast and never underflows:
 *
 *     P_ij = a_i u_i K_ij v_j b_j,   K_ij = exp((f_i + g_j - c_ij) / epsilon)
 *
 * Potentials f and g carry the bulk in the log domain; the scalings u and v, which multiplications can
 * change, stay near one. When they drift away, {@linkcode ScaledKernel.absorb} moves them into the
 * potentials and works the kernel out anew (Schmitzer's stabilised scaling). Bins without mass are left
 * out. Masses are fractions: those of each side sum to one.
 */
export class ScaledKernel {
  /** Bins with mass on the first side. */
  rows = 0;
  /** Bins with mass on the second side. */
  columns = 0;
  /** The regularisation, in units of the cost. */
  epsilon = 1;
  /** Which bin of the first histogram each row is. */
  readonly rowBins: Int32Array;
  /** Which bin of the second histogram each column is. */
  readonly columnBins: Int32Array;
  /** Fractions of the first histogram. */
  readonly a: Float64Array;
  /** Fractions of the second histogram. */
  readonly b: Float64Array;
  /** Potentials of the rows, in units of the cost. */
  readonly f: Float64Array;
  /** Potentials of the columns. */
  readonly g: Float64Array;
  /** Scalings of the rows. */
  readonly u: Float64Array;
  /** Scalings of the columns. */
  readonly v: Float64Array;
  /** Marginals of the columns, as {@linkcode ScaledKernel.look} found them, over v_j b_j. */
  readonly columnSums: Float64Array;
  /** The kernel, row-major, rows * columns. */
  readonly K: Float64Array;
  readonly #allCosts: Float64Array;
  readonly #allColumns: number;
  readonly #cost: Float64Array;
  readonly #weights: Float64Array;
  #hasDrifted = false;

  /**
   * Takes memory for problems with one cost matrix.
   *
   * @param cost Costs, row-major, n * m; kept by reference.
   * @param n Bins of the first histogram.
   * @param m Bins of the second histogram.
   */
  constructor(cost: Float64Array, n: number, m: number) {
    const numbers = (length: number) => new Float64Array(length);
    this.#allCosts = cost;
    this.#allColumns = m;
    this.rowBins = new Int32Array(n);
    this.columnBins = new Int32Array(m);
    [this.a, this.f, this.u] = [numbers(n), numbers(n), numbers(n)];
    [this.b, this.g, this.v] = [numbers(m), numbers(m), numbers(m)];
    [this.columnSums, this.#weights] = [numbers(m), numbers(m)];
    [this.K, this.#cost] = [numbers(n * m), numbers(n * m)];
  }

  /**
   * Takes up a pair of histograms, without their empty bins. {@linkcode ScaledKernel.begin} comes next.
   *
   * @param a Rows of masses.
   * @param aOffset Where the first histogram begins.
   * @param b Rows of masses.
   * @param bOffset Where the second histogram begins.
   */
  load(
    a: ArrayLike<number>,
    aOffset: number,
    b: ArrayLike<number>,
    bOffset: number,
  ): void {
    this.rows = _fractions(a, aOffset, this.a, this.rowBins);
    this.columns = _fractions(b, bOffset, this.b, this.columnBins);
    for (let i = 0, k = 0; i < this.rows; i++) {
      const row = this.rowBins[i] * this.#allColumns;
      for (let j = 0; j < this.columns; j++, k++) {
        this.#cost[k] = this.#allCosts[row + this.columnBins[j]];
      }
    }
  }

  /**
   * Begins to iterate, with the potentials of the rows that make their marginals right.
   *
   * @param epsilon The regularisation.
   * @param g Potentials of all bins of the second histogram; zero without.
   */
  begin(epsilon: number, g?: Float64Array): void {
    for (let j = 0; j < this.columns; j++) this.g[j] = g?.[this.columnBins[j]] ?? 0;
    this.epsilon = epsilon;
    this.#sweepRows();
  }

  /** Moves the scalings into the potentials and works out the kernel, for a new epsilon if given. */
  absorb(epsilon = this.epsilon): void {
    for (let i = 0; i < this.rows; i++) this.f[i] = this.rowPotential(i);
    this.epsilon = epsilon;
    this.#sweepColumns();
    this.#sweepRows();
  }

  /**
   * Makes the marginals of the rows right, by their scalings, and looks at those of the columns.
   *
   * @returns What the columns lack, all together: sum_j |P's column j - b_j|. As rows are right this is
   * all that is wrong with the plan.
   */
  look(): number {
    const { columns, b, v, columnSums: sums } = this, weights = this.#weights;
    for (let j = 0; j < columns; j++) weights[j] = b[j] * v[j];
    this.#pass(weights, sums, true);
    let error = 0;
    for (let j = 0; j < columns; j++) error += b[j] * Math.abs(v[j] * sums[j] - 1);
    return error;
  }

  /**
   * Multiplies by P^T diag(1 / a) P, with what has to be put in front and behind left to the caller:
   * image_j = sum_i K_ij a_i u_i^2 sum_l K_il x_l.
   *
   * @param x Numbers, one a column.
   * @param image Receives the product.
   */
  multiply(x: Float64Array, image: Float64Array): void {
    this.#pass(x, image, false);
  }

  /**
   * Goes through the kernel once: sums s_i of each row with the weights, and at once the sums of the
   * columns with what they make of the rows. Four rows at a time, so that additions need not wait for
   * each other: an eighth less time than two rows at a time, which take two thirds of that of one.
   */
  #pass(weights: Float64Array, columnSums: Float64Array, setsScalings: boolean): void {
    const { rows, columns, K, a, u } = this, last = rows - 1;
    const factor = (i: number, sum: number): number => {
      if (!setsScalings) return a[i] * u[i] * u[i] * sum;
      this.watch(u[i] = 1 / sum);
      return a[i] * u[i];
    };
    columnSums.fill(0, 0, columns);
    for (let i = 0; i < rows; i += 4) {
      // Where fewer than four are left the last one stands in, and counts once.
      const i1 = Math.min(i + 1, last), i2 = Math.min(i + 2, last), i3 = Math.min(i + 3, last);
      const k0 = i * columns, k1 = i1 * columns, k2 = i2 * columns, k3 = i3 * columns;
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let j = 0; j < columns; j++) {
        const weight = weights[j];
        s0 += K[k0 + j] * weight;
        s1 += K[k1 + j] * weight;
        s2 += K[k2 + j] * weight;
        s3 += K[k3 + j] * weight;
      }
      const w0 = factor(i, s0);
      const w1 = i1 === i ? 0 : factor(i1, s1);
      const w2 = i2 === i1 ? 0 : factor(i2, s2);
      const w3 = i3 === i2 ? 0 : factor(i3, s3);
      for (let j = 0; j < columns; j++) {
        columnSums[j] += (K[k0 + j] * w0 + K[k1 + j] * w1) + (K[k2 + j] * w2 + K[k3 + j] * w3);
      }
    }
  }

  /** Sets the scalings of the columns so that their marginals, as last looked at, would be right. */
  scaleColumns(): void {
    for (let j = 0; j < this.columns; j++) this.watch(this.v[j] = 1 / this.columnSums[j]);
  }

  /** Whether a scaling has come near what numbers can hold: time to {@linkcode ScaledKernel.absorb}. */
  get hasDrifted(): boolean {
    return this.#hasDrifted;
  }

  /** Looks at a scaling that was changed, for {@linkcode ScaledKernel.hasDrifted}. */
  watch(scaling: number): void {
    // Also for what is no number.
    if (!(scaling < LARGEST_SCALING && scaling > 1 / LARGEST_SCALING)) this.#hasDrifted = true;
  }

  /** Potential of a row, scalings included. */
  rowPotential(row: number): number {
    return this.f[row] + this.epsilon * Math.log(this.u[row]);
  }

  /**
   * Potential of a column that makes its marginal right, from its sum as last looked at. So it is right
   * for the smallest masses, too, which count for nothing in the error.
   */
  columnPotential(column: number): number {
    const sum = this.columnSums[column];
    return this.g[column] + this.epsilon * (sum > 0 ? -Math.log(sum) : Math.log(this.v[column]));
  }

  /** The value of the dual problem, a . f + b . g; the columns must have been looked at. */
  dualValue(): number {
    let value = 0;
    for (let i = 0; i < this.rows; i++) value += this.a[i] * this.rowPotential(i);
    for (let j = 0; j < this.columns; j++) value += this.b[j] * this.columnPotential(j);
    return value;
  }

  /** f from g in the log domain, and the kernel with it: one exponential an entry. */
  #sweepRows(): void {
    const { rows, columns, K, b, f, g, u, v, epsilon } = this, cost = this.#cost;
    const inverse = 1 / epsilon;
    for (let i = 0, row = 0; i < rows; i++, row += columns) {
      let top = -Infinity, sum = 0;
      for (let j = 0; j < columns; j++) {
        const exponent = K[row + j] = (g[j] - cost[row + j]) * inverse;
        if (exponent > top) top = exponent;
      }
      for (let j = 0; j < columns; j++) {
        sum += b[j] * (K[row + j] = Math.exp(K[row + j] - top));
      }
      const share = 1 / sum;
      for (let j = 0; j < columns; j++) K[row + j] *= share;
      f[i] = -epsilon * (top + Math.log(sum));
    }
    u.fill(1, 0, rows);
    v.fill(1, 0, columns);
    this.#hasDrifted = false;
  }

  /** g from f in the log domain. */
  #sweepColumns(): void {
    const { rows, columns, a, f, g, epsilon, columnSums: sums } = this;
    const cost = this.#cost, tops = this.#weights;
    tops.fill(-Infinity, 0, columns);
    for (let i = 0, k = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, k++) {
        const exponent = (f[i] - cost[k]) / epsilon;
        if (exponent > tops[j]) tops[j] = exponent;
      }
    }
    sums.fill(0, 0, columns);
    for (let i = 0, k = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, k++) {
        sums[j] += a[i] * Math.exp((f[i] - cost[k]) / epsilon - tops[j]);
      }
    }
    for (let j = 0; j < columns; j++) g[j] = -epsilon * (tops[j] + Math.log(sums[j]));
  }
}

/** Notes the bins with mass and their fractions of the whole; returns how many there are. */
function _fractions(
  masses: ArrayLike<number>,
  offset: number,
  fractions: Float64Array,
  bins: Int32Array,
): number {
  let count = 0, total = 0;
  for (let bin = 0; bin < bins.length; bin++) {
    const mass = masses[offset + bin];
    if (!(mass > 0)) continue;
    total += mass;
    bins[count] = bin;
    fractions[count++] = mass;
  }
  for (let k = 0; k < count; k++) fractions[k] /= total;
  return count;
}
