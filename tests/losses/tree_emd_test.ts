import { assertAlmostEquals, assertEquals } from "@std/assert";
import { treeEmdLoss } from "../../src/losses/tree_emd.ts";
import { waferTree } from "../../src/losses/wafer_tree.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { Tree } from "../../src/transport/tree.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("treeEmdLoss({ rho: 1.5 })", treeEmdLoss({ rho: 1.5 }));
testLossProperties("treeEmdLoss({ rho: 2 })", treeEmdLoss({ rho: 2 }));
testLossProperties(
  "treeEmdLoss() on a binary tree of 16 leaves",
  treeEmdLoss({
    tree: new Tree(Array.from({ length: 31 }, (_, k) => Math.ceil(k / 2) - 1), {
      bins: Array.from({ length: 16 }, (_, leaf) => 15 + leaf),
    }),
  }),
);

Deno.test("treeEmdLoss() is the exact EMD with the tree's distances", async () => {
  const distances = waferTree().distances(), loss = treeEmdLoss();
  for (let trial = 0; trial < 20; trial++) {
    const { x, y } = drawPair("sparse", 48, new RandomStream(91, "tree", trial));
    const { value } = await loss.valueAndGradient(x, y);
    assertAlmostEquals(value[0], emd2(x, y, distances), 1e-12);
  }
});

Deno.test("treeEmdLoss() takes gradients in the output, not in the target", async () => {
  const x = new Float64Array(48), y = new Float64Array(48);
  x[0] = y[40] = 1;
  const { gradient } = await treeEmdLoss().valueAndGradient(x, y);
  // Charge that moves on to the target makes the loss smaller by the whole distance.
  assertAlmostEquals(gradient[40] - gradient[0], waferTree().distances()[40], 1e-12);
  assertEquals(gradient[40] > 0, true);
});
