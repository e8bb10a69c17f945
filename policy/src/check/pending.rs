//! shim
pub mod manifest {
    #[derive(Debug, Default)]
    pub struct Reading { pub services: Vec<crate::manifest::Service>, pub problems: Vec<crate::report::Finding>, pub template: Option<crate::text::Span> }
    pub fn read(_: &std::sync::Arc<str>, _: &str) -> Reading { Reading::default() }
    pub fn is_candidate(_: &str) -> bool { false }
    pub fn lines_with(_: &crate::manifest::Service, _: &str, _: &str) -> (String, String) { Default::default() }
}
pub mod decision {
    pub fn is_candidate(_: &str) -> bool { false }
    pub fn format(_: &str) -> Option<()> { None }
    pub fn read(_: &std::sync::Arc<str>, _: &str) -> crate::decision::Decision { unreachable!() }
}
