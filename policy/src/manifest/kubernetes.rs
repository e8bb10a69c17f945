//! Kubernetes workloads: what runs, its memory limits and replicas.

use super::document::Document;
use super::gather::Gather;
use super::plain::states_language;
use super::reader::{Reader, Recognised};
use super::schema::Shape;
use super::workload::{memory_limits, replicas};
use super::{Format, Room, Service};
use crate::report::Finding;
use crate::text::yaml::Value;

pub(super) const READER: Reader = Reader {
    format: Format::Kubernetes,
    names: &[
        "*deployment*",
        "*statefulset*",
        "*daemonset*",
        "*cronjob*",
        "*k8s*",
        "*kubernetes*",
        "*rollout*",
        "deploy",
        "job",
        "pod",
    ],
    folders: &[
        "k8s",
        "kubernetes",
        "deploy",
        "deployment",
        "deployments",
        "manifests",
        "kustomize",
        "base",
        "overlays",
        "kube",
    ],
    needles: &["apiVersion"],
    recognise,
    read,
    shape: |_| Some(Shape::Workload),
};

/// Kinds of which each is one service.
const WORKLOADS: &[&str] = &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"];

/// Kinds of extensions that run a service as a Deployment does, each with the group of its API.
const ROLLED: &[(&str, &str)] = &[
    ("argoproj.io/", "Rollout"),
    ("apps.openshift.io/", "DeploymentConfig"),
    ("apps.kruise.io/", "CloneSet"),
    ("apps.kruise.io/", "StatefulSet"),
    ("apps.kruise.io/", "DaemonSet"),
];

/// Where the metadata of a workload's pods stands.
const PODS: &[&[&str]] = &[&["spec", "template", "metadata"], &["spec", "jobTemplate", "spec", "template", "metadata"]];

fn recognise(document: &Document<'_, '_>) -> Recognised {
    let (Some(version), Some(kind)) = (document.text_at(&["apiVersion"]), document.text_at(&["kind"])) else {
        return Recognised::No;
    };
    let core = matches!(version, "v1" | "v1beta1" | "extensions/v1beta1")
        || ["apps/", "batch/"].iter().any(|group| version.starts_with(group));
    let rolled = ROLLED.iter().any(|(group, known)| version.starts_with(group) && kind == *known);
    if rolled || core && WORKLOADS.contains(&kind) {
        return Recognised::Service;
    }
    // Other kinds of the API, and of extensions to it, describe no service.
    let extension = version.contains("/v") && document.root.get("metadata").is_some();
    if core || (extension && !version.starts_with("openslo/") && !states_language(document.root)) {
        Recognised::Other(kind.to_owned())
    } else {
        Recognised::No
    }
}

fn read(document: &Document<'_, '_>, problems: &mut Vec<Finding>) -> Vec<Service> {
    let root = document.root;
    let metadata = root.get("metadata");
    let name = metadata.and_then(|metadata| metadata.get("name").or_else(|| metadata.get("generateName")));
    let room = Room::Annotations(&["metadata", "annotations"]);
    let mut gather = Gather::new(document, document.service(Format::Kubernetes, name, room));
    gather.service.deployment = true;
    gather.annotations(root.path(&["metadata", "annotations"]), problems);
    gather.annotations(root.path(&["metadata", "labels"]), problems);
    // Many write them to the pods, where tools that watch what runs look for them.
    for metadata in
        PODS.iter().filter_map(|path| root.path(path)).chain(root.path(&["spec", "jobTemplate", "metadata"]))
    {
        gather.annotations(metadata.get("annotations"), problems);
        gather.annotations(metadata.get("labels"), problems);
    }
    let spec = root.get("spec");
    replicas(&mut gather, spec.and_then(|spec| spec.entry("replicas")));
    memory_limits(&mut gather, containers(root), problems);
    vec![gather.service]
}

/// Containers of any workload; those that only run at the start are left out.
fn containers<'a, 's>(root: Value<'a, 's>) -> impl Iterator<Item = Value<'a, 's>> {
    const PATHS: &[&[&str]] = &[
        &["spec", "template", "spec", "containers"],
        &["spec", "jobTemplate", "spec", "template", "spec", "containers"],
        &["spec", "containers"],
    ];
    PATHS.iter().filter_map(move |path| root.path(path)).flat_map(Value::items)
}
