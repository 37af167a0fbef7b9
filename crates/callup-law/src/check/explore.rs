//! All states that a matter can reach, the ways between them, and what can be reached from where.
//!
//! Breadth first, so that the way to a state is the shortest. This file knows machines and nothing of findings.

use super::machine::{Input, Machine, Node, TooLarge};
use std::collections::BTreeMap;

/// How many states of a matter are searched before a law counts as too large.
const NODES_MAX: usize = 20_000;
/// How many ways between them.
const EDGES_MAX: usize = 200_000;

/// A way from one state to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub from: usize,
    pub to: usize,
    pub input: Input,
    /// Measures whose lift falls due on the way.
    pub lifted: u32,
    /// Measures that start on the way.
    pub started: u32,
    /// Tracks that enter a state on the way.
    pub entered: u32,
}

/// All that a matter can reach.
pub(crate) struct Space {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// The edge by which each state was first reached.
    reached_by: Vec<Option<usize>>,
}

impl Space {
    /// Searches with the inputs that `allowed` lets through.
    pub(crate) fn explore(machine: &Machine, allowed: impl Fn(Input) -> bool) -> Result<Space, TooLarge> {
        let inputs: Vec<Input> = machine.inputs.iter().copied().filter(|input| allowed(*input)).collect();
        let first = machine.first();
        let mut known = BTreeMap::from([(first, 0)]);
        let mut space = Space { nodes: vec![first], edges: Vec::new(), reached_by: vec![None] };
        let mut from = 0;
        while let Some(&node) = space.nodes.get(from) {
            for &input in &inputs {
                for outcome in machine.outcomes(&node, input)? {
                    let to = *known.entry(outcome.node).or_insert(space.nodes.len());
                    if to == space.nodes.len() {
                        space.nodes.push(outcome.node);
                        space.reached_by.push(Some(space.edges.len()));
                    } else if to == from && outcome.lifted == 0 && outcome.started == 0 {
                        continue;
                    }
                    let (lifted, started, entered) = (outcome.lifted, outcome.started, outcome.entered);
                    space.edges.push(Edge { from, to, input, lifted, started, entered });
                }
            }
            if space.nodes.len() > NODES_MAX || space.edges.len() > EDGES_MAX {
                return Err(TooLarge);
            }
            from += 1;
        }
        Ok(space)
    }

    /// The shortest way to a state, as edges in order.
    pub(crate) fn way_to(&self, node: usize) -> Vec<usize> {
        let mut way = Vec::new();
        let mut at = node;
        while let Some(edge) = self.reached_by[at] {
            way.push(edge);
            at = self.edges[edge].from;
        }
        way.reverse();
        way
    }

    /// From which states an edge that `goal` accepts can be walked, using only edges that `usable` accepts (`goal` edges among them).
    pub(crate) fn can_reach(&self, usable: impl Fn(&Edge) -> bool, goal: impl Fn(&Edge) -> bool) -> Vec<bool> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut can = vec![false; self.nodes.len()];
        let mut open = Vec::new();
        for edge in self.edges.iter().filter(|edge| usable(edge)) {
            into[edge.to].push(edge.from);
            if goal(edge) && !can[edge.from] {
                can[edge.from] = true;
                open.push(edge.from);
            }
        }
        while let Some(node) = open.pop() {
            for &from in &into[node] {
                if !can[from] {
                    can[from] = true;
                    open.push(from);
                }
            }
        }
        can
    }
}
