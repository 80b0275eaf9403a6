namespace Untag.Scan;

/// <summary>In which role the product meets the trait: what turns the same words into an error, a warning or a note.</summary>
public enum FindingClass
{
    /// <summary>The product itself offers, requests, stores, trains or returns the tag.</summary>
    ProductTag,

    /// <summary>A vendor's code could be asked for the tag; the product is not seen to ask.</summary>
    VendorCapability,

    /// <summary>The trait is stated by a document, such as an identity card, not inferred.</summary>
    DocumentStated,

    /// <summary>The trait is inferred from something that is not biometric, such as a name.</summary>
    NonBiometric,

    /// <summary>The trait serves to measure fairness on test data.</summary>
    FairnessUse,

    /// <summary>A document speaks of the trait.</summary>
    Documentation,

    /// <summary>None: an allowance, and no trait, is what was found.</summary>
    Allowance,
}
