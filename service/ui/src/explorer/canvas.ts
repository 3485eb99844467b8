/** The picture: things as marks, edges as lines, walked about in by pointer or by keys. */

import type { Core, EdgeSingular, ElementDefinition, NodeSingular, StylesheetJson } from "cytoscape";
import { colour, cytoscape, keepLegible, onScheme, pack, seeded, settle, still, write } from "../shared/cytoscape";
import { t } from "../shared/words";
import type { Edge, Look, Network, Thing } from "./model";

const SHAPES: Record<string, string> = {
  box: "round-rectangle",
  ellipse: "ellipse",
  hexagon: "hexagon",
  triangle: "triangle",
  diamond: "diamond",
  note: "tag",
};
const LABELLED: Record<string, string> = { denied: t("denied"), disputed: t("disputed") };
const TAGGED = 60;
/** What the canvas tells of the visitor's doing. */
export interface Listener {
  thing(thing: Thing): void;
  edge(edge: Edge): void;
  at(thing: Thing): void;
  nothing(): void;
}

export class Canvas {
  private readonly cy: Core;
  private current: string | undefined;

  constructor(
    holder: HTMLElement,
    private readonly looks: Look[],
    private readonly listener: Listener,
  ) {
    this.cy = cytoscape({
      container: holder,
      style: this.sheet(),
      minZoom: 0.1,
      maxZoom: 4,
      boxSelectionEnabled: false,
      autounselectify: true,
    });
    this.cy.on("tap", "node", (event) => listener.thing((event.target as NodeSingular).data("thing") as Thing));
    this.cy.on("tap", "edge", (event) => listener.edge((event.target as EdgeSingular).data("edge") as Edge));
    this.cy.on("tap", (event) => {
      if (event.target === this.cy) listener.nothing();
    });
    this.cy.on("mouseover", "node", (event) => this.light((event.target as NodeSingular).id()));
    this.cy.on("mouseout", "node", () => this.light(this.current));
    this.cy.on("mouseover", "edge", (event) => (event.target as EdgeSingular).addClass("pointed"));
    this.cy.on("mouseout", "edge", (event) => (event.target as EdgeSingular).removeClass("pointed"));
    onScheme(() => this.cy.style(this.sheet()));
    holder.addEventListener("keydown", (event) => this.key(event));
    holder.addEventListener("focus", () => this.enter());
    keepLegible(this.cy, () => this.light(this.current));
    new ResizeObserver(() => this.cy.resize()).observe(holder);
  }

  /** Show a network. What is there already stays where it is; what is new appears beside `near`. */
  show(network: Network, near?: string): void {
    const wanted = new Set([...network.nodes, ...network.edges].map((item) => item.id));
    const kept = new Set(this.cy.nodes().map((node) => node.id()));
    const first = !network.nodes.some((thing) => kept.has(thing.id));
    this.cy.batch(() => {
      this.cy.elements().filter((element) => !wanted.has(element.id())).remove();
      const anchor = near ? this.cy.getElementById(near) : undefined;
      const middle = anchor?.nonempty() ? (anchor as NodeSingular).position() : { x: 0, y: 0 };
      network.nodes.forEach((thing, index) => this.put(thing, index, middle));
      network.edges.forEach((edge) => this.join(edge));
    });
    const fresh = network.nodes.filter((thing) => !kept.has(thing.id));
    if (first) this.arrange();
    else if (fresh.length) this.arrange(kept);
    if (this.current && !wanted.has(this.current)) this.current = undefined;
    this.light(this.current);
  }

  /** Lay everything out anew, or only what is not among those to be left where they are. */
  arrange(fixed?: ReadonlySet<string>): void {
    const held = fixed && this.cy.nodes().filter((node) => fixed.has(node.id()));
    seeded(() =>
      this.cy
        .layout({
          name: "fcose",
          quality: "default",
          animate: false,
          randomize: !held,
          nodeSeparation: 120,
          idealEdgeLength: 110,
          nodeRepulsion: 30000,
          gravity: 0.3,
          numIter: 4000,
          padding: 24,
          fit: true,
          ...(held ? { fixedNodeConstraint: held.map((node) => ({ nodeId: node.id(), position: { ...(node as NodeSingular).position() } })) } : {}),
        } as never)
        .run(),
    );
    if (!held) pack(this.cy);
    settle(this.cy);
  }

  /** Bring all into view. */
  fit(): void {
    this.move({ fit: { eles: this.cy.elements(), padding: 24 } });
  }

  zoom(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Stand at a thing: it and its neighbours stay bright. */
  select(id: string | undefined): void {
    this.current = id;
    this.cy.elements().removeClass("current");
    if (id) {
      const node = this.cy.getElementById(id);
      node.addClass("current");
      if (node.nonempty() && !this.visible(node as NodeSingular)) this.move({ center: { eles: node } });
    }
    this.light(id);
  }

  private put(thing: Thing, index: number, middle: { x: number; y: number }): void {
    const look = this.looks[thing.look] ?? this.looks[this.looks.length - 1]!;
    const size = 14 + 6 * Math.sqrt(thing.here);
    const made = { thing, label: tag(thing.label), colour: look.colour, shape: SHAPES[look.shape] ?? "ellipse", size };
    const old = this.cy.getElementById(thing.id);
    if (old.nonempty()) {
      old.data(made);
      return;
    }
    const angle = index * 2.399963;
    const position = { x: middle.x + 70 * Math.cos(angle), y: middle.y + 70 * Math.sin(angle) };
    this.cy.add({ group: "nodes", data: { id: thing.id, ...made }, position } as ElementDefinition);
  }

  private join(edge: Edge): void {
    const made = { edge, label: edge.label, mark: LABELLED[edge.status] ?? "" };
    const old = this.cy.getElementById(edge.id);
    if (old.nonempty()) {
      old.data(made);
      return;
    }
    const classes = [edge.status, ...(edge.symmetric ? ["symmetric"] : [])];
    this.cy.add({ group: "edges", data: { id: edge.id, source: edge.source, target: edge.target, ...made }, classes } as ElementDefinition);
  }

  private light(id: string | undefined): void {
    this.cy.batch(() => {
      this.cy.elements().removeClass("dim bright");
      const node = id ? this.cy.getElementById(id) : undefined;
      if (!node?.nonempty()) return;
      const near = node.closedNeighborhood();
      this.cy.elements().not(near).addClass("dim");
      near.addClass("bright");
    });
    const bright = this.cy.nodes(".bright");
    write(this.cy, bright.nonempty() ? bright : this.cy.nodes());
  }

  private enter(): void {
    if (this.current || this.cy.nodes().empty()) return;
    const best = this.cy.nodes().max((node) => (node as NodeSingular).degree(false)).ele as NodeSingular;
    this.step(best);
  }

  private step(node: NodeSingular): void {
    this.select(node.id());
    this.listener.at(node.data("thing") as Thing);
  }

  private key(event: KeyboardEvent): void {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] as [number, number] | undefined;
    const here = this.current ? (this.cy.getElementById(this.current) as NodeSingular) : undefined;
    if (way && here?.nonempty()) {
      const next = this.towards(here, way);
      if (next) this.step(next);
    } else if (event.key === "Enter" && here?.nonempty()) this.listener.thing(here.data("thing") as Thing);
    else if (event.key === "Escape") this.listener.nothing();
    else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  /** The nearest thing in a direction; what lies aside counts as farther. */
  private towards(from: NodeSingular, [right, down]: [number, number]): NodeSingular | undefined {
    const start = from.position();
    let best: NodeSingular | undefined;
    let least = Infinity;
    this.cy.nodes().forEach((node) => {
      const [x, y] = [node.position().x - start.x, node.position().y - start.y];
      const along = x * right + y * down;
      const aside = Math.abs(x * down + y * right);
      if (node.id() === from.id() || along < 1 || aside > 2 * along) return;
      const score = along + 1.5 * aside;
      if (score < least) [best, least] = [node, score];
    });
    return best;
  }

  private visible(node: NodeSingular): boolean {
    const { x, y } = node.renderedPosition();
    return x > 20 && y > 20 && x < this.cy.width() - 20 && y < this.cy.height() - 20;
  }

  private move(to: object): void {
    this.cy.animate({ ...to, duration: still.matches ? 0 : 220, easing: "ease-out" } as never);
  }

  private sheet(): StylesheetJson {
    const [ink, ground, soft, accent] = ["ink", "ground", "soft", "accent"].map(colour) as [string, string, string, string];
    const lines: [string, object][] = [
      ["fact", { "line-color": soft, "target-arrow-color": soft }],
      ["qualified", { "line-style": "dashed", "line-dash-pattern": [9, 3, 2, 3], "line-color": colour("qualified"), "target-arrow-color": colour("qualified") }],
      ["hedged", { "line-style": "dashed", "line-dash-pattern": [5, 4], "line-color": colour("hedged"), "target-arrow-color": colour("hedged") }],
      ["denied", { "line-style": "dotted", width: 2, "line-color": colour("denied"), "target-arrow-color": colour("denied"), "target-arrow-shape": "tee" }],
      ["disputed", { width: 3, "line-color": colour("disputed"), "target-arrow-color": colour("disputed") }],
    ];
    return [
      {
        selector: "node",
        style: {
          "background-color": "data(colour)",
          shape: "data(shape)",
          width: "data(size)",
          height: "data(size)",
          label: "data(label)",
          color: ink,
          "font-family": "system-ui, Noto Sans, PingFang SC, Noto Sans CJK SC, sans-serif",
          "text-wrap": "wrap",
          "text-valign": "bottom",
          "text-outline-color": ground,
          "border-width": 1,
          "border-color": ground,
        },
      },
      {
        selector: "edge",
        style: {
          width: 1.3,
          "curve-style": "bezier",
          "control-point-step-size": 28,
          "target-arrow-shape": "triangle",
          "arrow-scale": 0.75,
          opacity: 0.8,
          label: "data(mark)",
          color: ink,
          "text-rotation": "autorotate",
          "text-outline-color": ground,
        },
      },
      ...lines.map(([status, style]) => ({ selector: `edge.${status}`, style })),
      { selector: "edge.symmetric", style: { "target-arrow-shape": "none" } },
      { selector: "edge.pointed, edge.bright", style: { label: "data(label)", opacity: 1, width: 2, "z-index": 5 } },
      { selector: ".crowded", style: { "text-opacity": 0 } },
      { selector: ".dim", style: { opacity: 0.15, "text-opacity": 0 } },
      { selector: "node.current", style: { "border-width": 4, "border-color": accent, "font-weight": "bold", "z-index": 10 } },
    ] as unknown as StylesheetJson;
  }
}

/** A name short enough to be drawn; the panel has it whole. */
function tag(label: string): string {
  const letters = [...label];
  return letters.length > TAGGED ? `${letters.slice(0, TAGGED - 1).join("")}…` : label;
}
