rs.initiate({
  _id: "{{rs}}",
  members: [
    { _id: 0, host: "{{set}}-0.{{service}}.default.svc.cluster.local:27017" },
    { _id: 1, host: "{{set}}-1.{{service}}.default.svc.cluster.local:27017" },
    { _id: 2, host: "{{set}}-2.{{service}}.default.svc.cluster.local:27017" }
  ]
})
