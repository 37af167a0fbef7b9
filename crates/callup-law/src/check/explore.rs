//! All states that a matter can reach, the ways between them, and what can be reached from where.
//!
//! Breadth first, so that the way to a state is the shortest. A state with days that another state already has is that state: what follows
//! from it follows from the other. This file knows machines and nothing of findings.

use super::dates::Witness;
use super::machine::{Decisions, Input, Machine, Node, TooLarge};
use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

/// How many states are searched in all searches of one law before it counts as too large.
const NODES_MAX: usize = 20_000;
/// How many ways between them.
const EDGES_MAX: usize = 200_000;
/// How many states with their days are searched in one matter, and how many turns taken, before its days are no longer compared.
const TIMED_NODES_MAX: usize = 4_000;
const TIMED_TURNS_MAX: usize = 40_000;

/// What is left of the searching that one law may cost.
pub(crate) struct Budget {
    nodes: usize,
    edges: usize,
}

impl Budget {
    pub(crate) fn new() -> Budget {
        Budget { nodes: NODES_MAX, edges: EDGES_MAX }
    }

    fn spend(&mut self, nodes: usize, edges: usize) -> Result<(), TooLarge> {
        self.nodes = self.nodes.checked_sub(nodes).ok_or(TooLarge)?;
        self.edges = self.edges.checked_sub(edges).ok_or(TooLarge)?;
        Ok(())
    }
}

/// A way from one state to another.
#[derive(Clone, Debug)]
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
    /// The ways of deciding open guards that lead along it.
    pub ways: Vec<Decisions>,
}

/// All that a matter can reach.
pub(crate) struct Space {
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    /// Whether days were compared; if not, dates were not asked for what is reached.
    pub is_timed: bool,
    /// Dates that have been found for ways through it, edge by edge.
    pub told: RefCell<BTreeMap<Vec<usize>, Option<Witness>>>,
    /// The edge by which each state was first reached.
    reached_by: Vec<Option<usize>>,
    /// The edges into each state.
    into: Vec<Vec<usize>>,
    /// The edges out of each state, which lie side by side.
    out_of: Vec<Range<usize>>,
}

impl Space {
    fn only(first: Node) -> Space {
        let (edges, out_of) = (Vec::new(), Vec::new());
        Space {
            nodes: vec![first],
            edges,
            is_timed: true,
            told: RefCell::default(),
            reached_by: vec![None],
            into: vec![Vec::new()],
            out_of,
        }
    }

    fn add_node(&mut self, node: Node) {
        self.nodes.push(node);
        self.reached_by.push(Some(self.edges.len()));
        self.into.push(Vec::new());
    }

    fn add_edge(&mut self, edge: Edge) {
        self.into[edge.to].push(self.edges.len());
        self.edges.push(edge);
    }

    /// Searches all that can happen. Where the days make it too many states, they are no longer compared, and the machine says so.
    pub(crate) fn explore(machine: &mut Machine, budget: &mut Budget) -> Result<Space, TooLarge> {
        if machine.is_timed {
            let nodes = budget.nodes.min(TIMED_NODES_MAX);
            let mut own = Budget { nodes, edges: budget.edges.min(EDGES_MAX / 4) };
            if let Ok(space) = Space::search(machine, &mut own) {
                budget.spend(space.nodes.len(), space.edges.len())?;
                return Ok(space);
            }
            machine.is_timed = false;
        }
        Space::search(machine, budget)
    }

    fn search(machine: &Machine, budget: &mut Budget) -> Result<Space, TooLarge> {
        let first = machine.first();
        // The matter before its opening is none of those that it can come to.
        let mut known: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut space = Space { is_timed: machine.is_timed, ..Space::only(first) };
        let mut from = 0;
        while let Some(node) = space.nodes.get(from).cloned() {
            let edges_before = space.edges.len();
            for &input in [Input::Opening].iter().chain(&machine.inputs) {
                for (outcome, ways) in machine.outcomes(&node, input, None)? {
                    let (lifted, started, entered) = (outcome.lifted, outcome.started, outcome.entered);
                    let to = space.place(known.entry(outcome.node.key()).or_default(), outcome.node);
                    if to != from || lifted != 0 || started != 0 {
                        space.add_edge(Edge { from, to, input, lifted, started, entered, ways });
                    }
                }
            }
            space.out_of.push(edges_before..space.edges.len());
            budget.spend(1, space.edges.len() - edges_before)?;
            if machine.is_timed && machine.turns.get() > TIMED_TURNS_MAX {
                return Err(TooLarge);
            }
            from += 1;
        }
        Ok(space)
    }

    /// The place of a state: that of one with the same states and measures whose days hold its days, else a new one.
    fn place(&mut self, alike: &mut Vec<usize>, node: Node) -> usize {
        let holds = |known: &&usize| {
            let known = &self.nodes[**known];
            known.slot <= node.slot && known.days.holds(&node.days)
        };
        if let Some(known) = alike.iter().find(holds) {
            return *known;
        }
        alike.push(self.nodes.len());
        self.add_node(node);
        self.nodes.len() - 1
    }

    /// What can still be reached if only the edges that `usable` accepts can be walked.
    pub(crate) fn part(&self, usable: impl Fn(&Edge) -> bool) -> Space {
        let mut part = Space { is_timed: self.is_timed, ..Space::only(self.nodes[0].clone()) };
        let mut new: Vec<Option<usize>> = vec![None; self.nodes.len()];
        new[0] = Some(0);
        let mut old = vec![0];
        let mut from = 0;
        while let Some(&node) = old.get(from) {
            let edges_before = part.edges.len();
            for edge in self.edges[self.out_of[node].clone()].iter().filter(|edge| usable(edge)) {
                let to = *new[edge.to].get_or_insert(part.nodes.len());
                if to == part.nodes.len() {
                    part.add_node(self.nodes[edge.to].clone());
                    old.push(edge.to);
                }
                part.add_edge(Edge { from, to, ..edge.clone() });
            }
            part.out_of.push(edges_before..part.edges.len());
            from += 1;
        }
        part
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

    /// The shortest way from a state whose last edge is one that `goal` accepts; empty if there is none.
    pub(crate) fn way_on(&self, from: usize, goal: impl Fn(&Edge) -> bool) -> Vec<usize> {
        let mut ways: BTreeMap<usize, Vec<usize>> = BTreeMap::from([(from, Vec::new())]);
        let mut open = VecDeque::from([from]);
        while let Some(node) = open.pop_front() {
            for index in self.out_of[node].clone() {
                let edge = &self.edges[index];
                let way = [ways[&node].as_slice(), &[index]].concat();
                if goal(edge) {
                    return way;
                }
                if let Entry::Vacant(free) = ways.entry(edge.to) {
                    free.insert(way);
                    open.push_back(edge.to);
                }
            }
        }
        Vec::new()
    }

    /// For each state the marks of all edges that can be walked from it, using only edges that `usable` accepts. A mark is a set of bits.
    pub(crate) fn ahead(&self, usable: impl Fn(&Edge) -> bool, mark: impl Fn(&Edge) -> u32) -> Vec<u32> {
        let mut ahead = vec![0; self.nodes.len()];
        for edge in self.edges.iter().filter(|edge| usable(edge)) {
            ahead[edge.from] |= mark(edge);
        }
        let mut open: Vec<usize> = (0..self.nodes.len()).filter(|node| ahead[*node] != 0).collect();
        while let Some(node) = open.pop() {
            for edge in self.into[node].iter().map(|edge| &self.edges[*edge]).filter(|edge| usable(edge)) {
                let more = ahead[edge.from] | ahead[node];
                if more != ahead[edge.from] {
                    ahead[edge.from] = more;
                    open.push(edge.from);
                }
            }
        }
        ahead
    }
}
